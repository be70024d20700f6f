agent "oncall" {
  description = "Answers questions about the systems",
  model = "fast",
  instructions = "You assist the engineer on call. Look at the alerts before you answer. Be brief and concrete.",
  tools = { "firing_alerts", "check_url" },
  memory = { turns = 20 },
}

agent "explainer" {
  description = "Explains new alerts",
  model = "fast",
  instructions = "Explain each alert in one sentence and say what to look at first.",
  temperature = 0.2,
}

agent "scribe" {
  description = "Writes the hand-over of a shift",
  model = "fast",
  instructions = function(ctx)
    return "Write the hand-over of the shift that ends now (" .. time.iso(time.now()) .. "). Open points first."
  end,
  tools = { "firing_alerts" },
}

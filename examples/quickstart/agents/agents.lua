agent "echo" {
  description = "Repeats what it is told",
  model = "echo",
}

agent "helper" {
  description = "Tells the time, and thinks aloud",
  model = "clockwork",
  instructions = "You help people in a chat. Be brief.",
  tools = { "clock" },
  memory = { turns = 10 },
}

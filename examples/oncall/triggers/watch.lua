local alerts = require("lib.alerts")

-- Looks every half minute; talks only when something changed, and only when the agent is not in the middle of an answer.
every("30s", { name = "watch-alerts", agent = "explainer", channel = "webhook:oncall", delivery = "when_idle",
               pause_on_failure = 20 }, function(ctx)
  local now = alerts.summary(alerts.firing())
  if now == (state.alerts or "") then return end
  state.alerts = now
  ctx:send(now == "" and "All alerts are resolved. Say so." or "These alerts are firing:\n" .. now)
end)

every("12h", { name = "shift-end", agent = "scribe", channel = "webhook:oncall", jitter = "1m" }, function(ctx)
  ctx:send_when_idle("The shift ends. Write the hand-over.")
end)

local alerts = require("lib.alerts")

tool "firing_alerts" {
  description = "The alerts that are firing now, a line each; empty when all is well",
  parameters = {},
  timeout = "10s",
  idempotent = true,
  run = function() return alerts.summary(alerts.firing()) end,
}

tool "check_url" {
  description = "Requests a URL and tells its status and how long it took",
  parameters = { url = { type = "string", description = "an http or https URL" } },
  timeout = "15s",
  idempotent = true,
  run = function(args)
    local started = time.now()
    local response = http.get(args.url, { timeout = "10s" })
    return { status = response.status, seconds = time.now() - started }
  end,
}

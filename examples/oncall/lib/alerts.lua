-- Reads the alerts that are firing, from anything that speaks Alertmanager's API.
local alerts = {}

local url = env("ALERTS_URL") or "http://127.0.0.1:9093/api/v2/alerts"

function alerts.firing()
  local response = http.get(url, { timeout = "5s" })
  if not response.ok then error("the alert source answers " .. response.status) end
  return response:json()
end

-- One line for each alert, in a stable order, so that two looks can be compared.
function alerts.summary(list)
  local lines = {}
  for _, alert in ipairs(list) do
    local labels = alert.labels or {}
    lines[#lines + 1] = ("%s (%s): %s"):format(
      labels.alertname or "unnamed", labels.severity or "unknown", (alert.annotations or {}).summary or "")
  end
  table.sort(lines)
  return table.concat(lines, "\n")
end

return alerts

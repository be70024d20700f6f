-- A bot for people on call: it watches an HTTP endpoint, explains what it sees, and answers questions.
--
-- It needs the key of one provider:      ANTHROPIC_API_KEY=…  or  OPENAI_API_KEY=…
-- and may be told where things are:      ANTHROPIC_BASE_URL, OPENAI_BASE_URL, ALERTS_URL, WEBHOOK_SECRET

settings {
  default_agent = "oncall",
  max_concurrent = 20,
  command_timeout = "2m",
  verbose = true,
}

platform "webhook" { path = "/in", token = env("WEBHOOK_SECRET") and secret "WEBHOOK_SECRET" }

if env("OPENAI_API_KEY") then
  model "fast" {
    provider = "openai",
    name = env("OPENAI_MODEL") or "gpt-4o-mini",
    base_url = env("OPENAI_BASE_URL"),
    api_key = secret "OPENAI_API_KEY",
  }
else
  model "fast" {
    provider = "anthropic",
    name = env("ANTHROPIC_MODEL") or "claude-haiku-4-5",
    base_url = env("ANTHROPIC_BASE_URL"),
    api_key = secret "ANTHROPIC_API_KEY",
    max_tokens = 2048,
    timeouts = { first_byte = "30s", between_chunks = "20s" },
  }
end

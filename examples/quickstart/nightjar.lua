-- The whole of Nightjar in one folder: no key, no network, no server needed.
-- Try it: nightjar chat examples/quickstart

settings {
  default_agent = "helper",
}

-- curl -s '127.0.0.1:8080/webhooks/generic?wait=5s' -d '{"user":"ann","channel":"demo","text":"/list agents"}'
platform "webhook" { path = "/webhooks/generic" }

-- Repeats what it is told.
model "echo" { provider = "echo" }

-- A model is a function. This one calls a tool when it is asked for the time, and streams everything else word by word.
model "clockwork" {
  provider = "lua",
  respond = function(request)
    local last = request.messages[#request.messages]
    if last.role == "tool" then
      return "It is " .. last.content .. "."
    end
    if request.input:lower():find("time", 1, true) then
      return { tool_calls = { { name = "clock", arguments = {} } } }
    end
    return request.input:gmatch("%S+%s*")
  end,
}

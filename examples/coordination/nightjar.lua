-- Tells another program about every task, before, during and after: the hooks of a memory or a job board.
--
-- COORDINATOR is the program, by default the `echo` of the system; it is run as
--   COORDINATOR pre-task  --task-id ID --agent NAME --description TEXT
--   COORDINATOR post-tool --task-id ID --tool NAME --ok true|false
--   COORDINATOR post-task --task-id ID --state completed|failed|cancelled

settings { default_agent = "worker" }

platform "webhook" { path = "/webhooks/generic" }

-- Calls the tool once, then reports what it said.
model "worker" {
  provider = "lua",
  respond = function(request)
    local last = request.messages[#request.messages]
    if last.role == "tool" then return "done: " .. last.content end
    return { tool_calls = { { name = "shout", arguments = { text = request.input } } } }
  end,
}

tool "shout" {
  description = "Says it louder",
  parameters = { text = { type = "string", description = "what to say" } },
  idempotent = true,
  run = function(args) return args.text:upper() end,
}

local coordinator = require("lib.coordinator")

hook("pre_task", function(ctx)
  local task = ctx.event.task
  coordinator.tell("pre-task", "--task-id", task.id, "--agent", task.agent, "--description", ctx.event.input)
end)

hook("post_tool", function(ctx)
  local event = ctx.event
  coordinator.tell("post-tool", "--task-id", event.task.id, "--tool", event.tool, "--ok", tostring(event.error == nil))
end)

hook("post_task", function(ctx)
  local task = ctx.event.task
  coordinator.tell("post-task", "--task-id", task.id, "--state", task.state)
end)

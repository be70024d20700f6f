-- /count, /count apples --by=3: `state` is a durable table, so the count survives a restart.
command("count", {
  description = "Count something",
  usage = "/count [what] [--by=1]",
  run = function(ctx)
    local what = ctx.args[1] or "things"
    local by = tonumber(ctx.flags.by or 1) or ctx:fail("--by must be a number")
    local total = state.update("count:" .. what, function(old) return (old or 0) + by end)
    return ("%s: %d"):format(what, total)
  end,
})

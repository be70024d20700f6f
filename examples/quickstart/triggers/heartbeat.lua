every("1m", "heartbeat", function(ctx)
  local beats = state.update("heartbeats", function(old) return (old or 0) + 1 end)
  log.info("heartbeat", { beats = beats })
end)

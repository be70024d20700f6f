command("handover", {
  description = "Write the hand-over of the shift",
  usage = "/handover [notes]",
  aliases = { "shift" },
  run = function(ctx)
    local notes = table.concat(ctx.args, " ")
    local written = ctx:run("scribe", notes ~= "" and notes or "nothing special happened")
    return written.text
  end,
})

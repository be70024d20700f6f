tool "clock" {
  description = "The time now, in UTC",
  parameters = {},
  timeout = "1s",
  idempotent = true,
  run = function(args, ctx)
    return time.iso(time.now())
  end,
}

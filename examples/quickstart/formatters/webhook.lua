-- Change this while the engine runs: the next message looks different.
formatter("webhook", {
  error = function(err)
    return "[" .. err.code .. "] " .. err.message .. (err.hint and "\n" .. err.hint or "")
  end,
})

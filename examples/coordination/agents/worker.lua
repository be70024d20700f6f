agent "worker" {
  description = "Works while the coordinator watches",
  model = "worker",
  tools = { "shout" },
}

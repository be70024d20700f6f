import NightjarEngine

extension Declaration {
    package static let hook = Declaration(
        "hook",
        form: .positional([
            FieldSchema("point", .choice(HookPoint.allCases.map(\.rawValue)), required: true, "When it runs"),
            FieldSchema(
                "handler", .function(FunctionShape(["ctx": "nightjar.Context"], returns: "string?")), required: true,
                "Finds what happens in ctx.event; before it happens, it may return a changed input or refuse with ctx:fail"),
        ]),
        summary: "Looks at what agents do, before or after it is done")
}

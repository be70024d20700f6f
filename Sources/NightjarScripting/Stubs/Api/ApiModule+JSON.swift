extension ApiModule {
    package static let json = ApiModule(
        "json", .table, "JSON text to values and back",
        functions: [
            ApiFunction(
                "encode",
                [
                    ApiParameter("value", "any", "Data: text, numbers, booleans, tables"),
                    ApiParameter("options", "{ pretty: boolean? }", optional: true, "pretty writes it on several lines"),
                ],
                returns: ["string"], "A value as JSON text"),
            ApiFunction(
                "decode",
                [
                    ApiParameter("text", "string", "JSON"),
                    ApiParameter("options", "{ keep_null: boolean? }", optional: true, "keep_null gives json.null for members that are null"),
                ],
                returns: ["any"], "The value of JSON text"),
            ApiFunction(
                "array", [ApiParameter("items", "table", "A table without named fields")], returns: ["table"],
                "Marks a table as a list, so that an empty one is written as []"),
        ],
        constants: [ApiParameter("null", "any", "A null that a table can hold")])
}

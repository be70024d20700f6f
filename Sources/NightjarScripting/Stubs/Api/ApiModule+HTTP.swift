extension ApiModule {
    package static let http = ApiModule(
        "http", .table, "Requests to other servers; a status of 400 and above is not an error",
        functions: [
            ApiFunction("get", [url, options], returns: ["nightjar.Response"], "Reads an address"),
            ApiFunction(
                "post", [url, ApiParameter("body", "string|table", optional: true, "Text as it is, or a table as JSON"), options],
                returns: ["nightjar.Response"], "Sends something to an address"),
            ApiFunction(
                "request", [ApiParameter("request", "nightjar.Request", "The method, the address and the rest")],
                returns: ["nightjar.Response"], "Makes a request of any method"),
        ],
        classes: [requestOptions, request, response])

    private static let url = ApiParameter("url", "string|nightjar.Secret", "The address, with http:// or https://")
    private static let options = ApiParameter("options", "nightjar.RequestOptions", optional: true, "Headers, time limit, and so on")

    private static let optionFields = [
        ApiParameter("headers", "table<string, string|number|nightjar.Secret>", optional: true, "Sent with it"),
        ApiParameter("query", "table<string, any>", optional: true, "Added to the address; a list adds its name once for each item"),
        ApiParameter("body", "string|table|nightjar.Secret", optional: true, "Text as it is, or a table as JSON"),
        ApiParameter("json", "any", optional: true, "Sent as JSON, in place of a body"),
        ApiParameter("timeout", "nightjar.Duration", optional: true, "For the whole exchange; 30 s otherwise"),
    ]

    private static let requestOptions = ApiClass("nightjar.RequestOptions", "What a request carries", fields: optionFields)

    private static let request = ApiClass(
        "nightjar.Request", "A request of any method",
        fields: [ApiParameter("method", "string", optional: true, "Such as \"PUT\"; GET otherwise"), url] + optionFields)

    private static let response = ApiClass(
        "nightjar.Response", "What came back",
        fields: [
            ApiParameter("status", "integer", "Such as 200"),
            ApiParameter("ok", "boolean", "Whether the status is from 200 to 299"),
            ApiParameter("headers", "table<string, string>", "By name, in any case"),
            ApiParameter("body", "string", "At most 8 MiB"),
        ],
        methods: [ApiFunction("json", returns: ["any"], "The body, decoded")])
}

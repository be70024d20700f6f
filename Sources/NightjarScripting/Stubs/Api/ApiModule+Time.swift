extension ApiModule {
    package static let time = ApiModule(
        "time", .table, "The clock and the calendar; moments are seconds since 1970",
        functions: [
            ApiFunction("now", returns: ["number"], "The present"),
            ApiFunction("iso", [moment], returns: ["string"], "A moment in ISO 8601, in UTC"),
            ApiFunction(
                "parse", [ApiParameter("text", "string", "ISO 8601, such as \"2026-12-24T18:00:00Z\"")], returns: ["number"],
                "The moment a text means"),
            ApiFunction(
                "format",
                [
                    moment, ApiParameter("pattern", "string", "Such as \"%Y-%m-%d %H:%M\""),
                    ApiParameter("zone", "string", optional: true, "Such as \"Europe/Berlin\"; UTC otherwise"),
                ],
                returns: ["string"], "A moment as text"),
        ])

    private static let moment = ApiParameter("moment", "number", optional: true, "The present otherwise")
}

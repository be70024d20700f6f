extension ApiModule {
    package static let time = ApiModule(
        "time", .table, "The clock and the calendar; moments are seconds since 1970",
        functions: [
            ApiFunction("now", returns: ["number"], "The present"),
            ApiFunction("iso", [moment], returns: ["string"], "A moment in ISO 8601, in UTC"),
            ApiFunction(
                "parse",
                [
                    ApiParameter(
                        "text", "string", "ISO 8601 with seconds and the offset from UTC: \"2026-12-24T18:00:00Z\", \"2026-12-24T19:00:00.5+01:00\"")
                ], returns: ["number"],
                "The moment a text means; fails when it is no such text"),
            ApiFunction(
                "format",
                [
                    moment,
                    ApiParameter("pattern", "string", "Such as \"%Y-%m-%d %H:%M\": there are %Y %m %d %H %M %S, %z for the offset as +0100, and %%"),
                    ApiParameter("zone", "string", optional: true, "Such as \"Europe/Berlin\"; UTC otherwise"),
                ],
                returns: ["string"], "A moment as text"),
        ])

    private static let moment = ApiParameter("moment", "number", optional: true, "The present otherwise")
}

import NightjarEngine
import Testing

@Suite struct TriggerScheduleTests {
    @Test(arguments: [
        (TriggerSchedule.every(.seconds(300)), "every 5m"), (.every(.milliseconds(250)), "every 250ms"),
        (.every(.seconds(5400)), "every 1h30m"), (.after(.seconds(600)), "after 10m"),
        (.every(.milliseconds(90_061_001)), "every 1d1h1m1s1ms"),
        (.at(Timestamp(milliseconds: 1_798_135_200_000)), "at 2026-12-24T18:00:00.000Z"),
    ])
    func `a schedule is shown in words`(_ schedule: TriggerSchedule, _ words: String) {
        #expect(schedule.description == words)
    }
}

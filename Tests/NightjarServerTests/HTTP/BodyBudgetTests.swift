import Testing

@testable import NightjarServer

@Suite struct BodyBudgetTests {
    @Test func whatIsGivenBackCanBeTakenAgain() {
        let budget = BodyBudget(100)
        #expect(budget.take(60))
        #expect(!budget.take(41))
        #expect(budget.take(40))
        budget.giveBack(60)
        #expect(budget.take(60))
    }
}

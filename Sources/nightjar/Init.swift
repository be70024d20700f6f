import ArgumentParser
import NightjarScripting

/// `nightjar init`
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a starter project with editor support.")

    @Argument(help: "The folder to make; an existing file is never changed.")
    var directory = "."

    func run() throws {
        guard !directory.isEmpty else {
            throw CommandFailure(.usage, "the folder's name is empty; name one, or leave it out for the folder you are in")
        }
        do {
            let written = try ProjectTemplate.write(to: directory)
            for file in written { print("wrote \(file)") }
            print("Next: nightjar check \(directory) && nightjar chat \(directory)")
        } catch let error as ProjectError {
            throw CommandFailure(.unavailable, error.message)
        }
    }
}

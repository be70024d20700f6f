import Foundation
import LuaRuntime
@testable import NightjarScripting
import Testing

struct ProjectSourcesTests {
    private let folder: ProjectFolder

    init() throws {
        folder = try ProjectFolder()
    }

    @Test func aFolderIsLoadedInItsOrder() throws {
        for name in [
            "triggers/b.lua", "triggers/a.lua", "agents/z/deep.lua", "nightjar.lua", "lib/kube.lua", "formatters/f.lua", "tests/x_test.lua",
            ".nightjar/stubs/nightjar.lua", "agents/readme.txt", "other/never.lua",
        ] { try folder.write(name, "-- \(name)") }
        let sources = try ProjectSources.read(folder.path)
        #expect(sources.entries == ["nightjar.lua", "agents/z/deep.lua", "triggers/a.lua", "triggers/b.lua", "formatters/f.lua"])
        #expect(sources.files.keys.sorted().contains("lib/kube.lua"))
        #expect(!sources.files.keys.contains { $0.hasPrefix("tests/") || $0.hasPrefix(".") })
    }

    @Test func aSingleScriptHasItsLib() throws {
        try folder.write("bot.lua", "x")
        try folder.write("other.lua", "y")
        try folder.write("lib/kube.lua", "z")
        let sources = try ProjectSources.read(folder.path + "/bot.lua")
        #expect(sources.entries == ["bot.lua"])
        #expect(sources.files.keys.sorted() == ["bot.lua", "lib/kube.lua"])
    }

    @Test func modulesAreFilesAndFolders() throws {
        let sources = ProjectSources(root: "/", files: ["lib/a.lua": "1", "lib/b/init.lua": "2"], entries: [])
        #expect(sources.module("lib.a")?.name == "lib/a.lua")
        #expect(sources.module("lib.b")?.text == "2")
        #expect(sources.module("lib.c") == nil)
    }

    @Test func aLinkThatLeadsUpwardsIsNotFollowedForEver() throws {
        try folder.write("nightjar.lua", "settings {}")
        try FileManager.default.createDirectory(atPath: folder.path + "/agents", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/agents/up", withDestinationPath: folder.path)
        #expect(try ProjectSources.read(folder.path).entries == ["nightjar.lua"])
    }

    @Test func whatIsNoTextIsRefusedByName() throws {
        try folder.write("nightjar.lua", Data([0xFF, 0xFE, 0x00]))
        let error = #expect(throws: ProjectError.self) { try ProjectSources.read(folder.path) }
        #expect(error?.file == "nightjar.lua")
        #expect(error?.message.contains("not UTF-8") == true)
    }

    @Test func nothingAtThePathSaysWhatToDo() {
        let error = #expect(throws: ProjectError.self) { try ProjectSources.read("/nowhere/at/all") }
        #expect(error?.message.contains("nightjar init") == true)
    }

    @Test func aTemplateIsWrittenOnceAndChecks() async throws {
        let written = try ProjectTemplate.write(to: folder.path)
        #expect(written.contains("nightjar.lua"))
        #expect(written.contains(".luarc.json"))
        try folder.write("agents/helper.lua", "-- mine now")
        #expect(try ProjectTemplate.write(to: folder.path) == [".nightjar/stubs/nightjar.lua"])
        #expect(try String(contentsOfFile: folder.path + "/agents/helper.lua", encoding: .utf8) == "-- mine now")
    }
}

/// A delay that looks random but follows from the trigger and its slot, so that a restart or another machine gives a slot the
/// same moment, and a test the same result.
enum Jitter {
    /// From zero to below `limit`, in milliseconds.
    ///
    /// The hash is FNV-1a of the name and the slot, finished as in SplitMix64 so that neighbouring slots differ in all bits.
    static func delay(name: String, slot: Timestamp, below limit: Int64) -> Int64 {
        guard limit > 0 else { return 0 }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(mix(hash ^ UInt64(bitPattern: slot.milliseconds)) % UInt64(limit))
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9e37_79b9_7f4a_7c15
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

import CLuaBridge

/// Swift values to the bridge's buffer.
extension LuaState {
    @inline(__always)
    func beginEncoding() {
        io.pointee.in_count = 0
        io.pointee.in_results = 0
        io.pointee.in_bytes_count = 0
    }

    @inline(__always)
    func encode(_ values: [LuaValue]) throws(LuaError) {
        io.pointee.in_results = values.count
        for value in values {
            // Numbers are most of what crosses, and need nothing but a slot.
            switch value {
            case .integer(let number): try append(NJ_INTEGER, bits: number)
            case .number(let number): try append(NJ_NUMBER, bits: Int64(bitPattern: number.bitPattern))
            default: try encode(value)
            }
        }
    }

    /// What a host function answers. True: the value is an error to raise.
    func encodeReply(_ reply: Result<[LuaValue], any Error>) -> Bool {
        do {
            beginEncoding()
            try encode(reply.get())
            return false
        } catch {
            encodeError(error)
            return true
        }
    }

    /// An error to raise: the value a script raised, or a table with `code` and `message`; then its traceback.
    func encodeError(_ error: any Error) {
        let luaError = error as? LuaError
        if let luaError, luaError.value != .nil, encodeRaised(luaError.value) {
        } else {
            _ = encodeRaised(.table(LuaHostError(describing: error).table))
        }
        io.pointee.in_trace_offset = io.pointee.in_bytes_count
        if let trace = luaError?.traceback, !trace.isEmpty { _ = try? copy(Array(trace.utf8)) }
    }

    private func encodeRaised(_ value: LuaValue) -> Bool {
        beginEncoding()
        do throws(LuaError) {
            try encode(value)
        } catch {
            return false
        }
        io.pointee.in_results = 1
        if case .table(let table) = value, table["code"] != .nil, table["message"] != .nil {
            io.pointee.in[0].flags = UInt8(NJ_HOST_ERROR)
        }
        return true
    }

    private func encode(_ value: LuaValue) throws(LuaError) {
        switch value {
        case .nil: try append(NJ_NIL)
        case .bool(let value): try append(NJ_BOOL, bits: value ? 1 : 0)
        case .integer(let value): try append(NJ_INTEGER, bits: value)
        case .number(let value): try append(NJ_NUMBER, bits: Int64(bitPattern: value.bitPattern))
        case .string(let value): try append(string: value)
        case .bytes(let value): try append(NJ_STRING, bits: copy(value), length: value.count)
        case .table(let table): try append(table)
        case .function(let function): try append(function.reference, NJ_FUNCTION)
        case .reference(let reference): try append(reference, NJ_REFERENCE)
        case .object(let object):
            guard let type = typeNumbers[object.typeName] else {
                throw LuaError(kind: .invalid, message: "the VM has no object type '\(object.typeName)'")
            }
            try append(NJ_OBJECT, bits: copy(object.payload), count: type, length: object.payload.count)
        }
    }

    private func append(_ table: LuaTable) throws(LuaError) {
        try append(
            NJ_TABLE, flags: table.isList ? NJ_LIST : 0, count: UInt32(clamping: table.array.count), length: table.fields.count)
        for item in table.array { try encode(item) }
        for (key, value) in table.fields {
            try encode(key.value)
            try encode(value)
        }
    }

    private func append(_ reference: LuaReference, _ kind: Int) throws(LuaError) {
        guard reference.registry === registry else { throw .foreign }
        try append(kind, bits: Int64(reference.number))
    }

    private func append(string: String) throws(LuaError) {
        var string = string
        let count = string.utf8.count
        try reserve(values: 1, bytes: count)
        let offset = io.pointee.in_bytes_count
        string.withUTF8 { bytes in
            if let base = bytes.baseAddress, count > 0 {
                UnsafeMutableRawPointer(io.pointee.in_bytes + offset).copyMemory(from: base, byteCount: count)
            }
        }
        io.pointee.in_bytes_count = offset + count
        try append(NJ_STRING, bits: Int64(offset), length: count)
    }

    /// Copies bytes and returns where they begin.
    private func copy(_ bytes: [UInt8]) throws(LuaError) -> Int64 {
        try reserve(values: 0, bytes: bytes.count)
        let offset = io.pointee.in_bytes_count
        bytes.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress, !bytes.isEmpty {
                UnsafeMutableRawPointer(io.pointee.in_bytes + offset).copyMemory(from: base, byteCount: bytes.count)
            }
        }
        io.pointee.in_bytes_count = offset + bytes.count
        return Int64(offset)
    }

    @inline(__always)
    private func append(_ kind: Int, flags: Int = 0, bits: Int64 = 0, count: UInt32 = 0, length: Int = 0) throws(LuaError) {
        let index = io.pointee.in_count
        if index == io.pointee.in_capacity { try reserve(values: 1, bytes: 0) }
        io.pointee.in[index] = nj_value(
            kind: UInt8(truncatingIfNeeded: kind), flags: UInt8(truncatingIfNeeded: flags), count: count, bits: bits, length: length)
        io.pointee.in_count = index + 1
    }

    private func reserve(values: Int, bytes: Int) throws(LuaError) {
        guard nj_reserve(vm, values, bytes) else { throw .outOfMemory }
    }
}

import CLuaBridge

/// The bridge's buffer to Swift values.
extension LuaState {
    /// The values in `out`, whose references now belong to what is returned.
    @inline(__always)
    func takeResults() -> [LuaValue] {
        guard io.pointee.out_results > 0 else { return [] }
        let values = decodeAll()
        if io.pointee.out_anchored { nj_release(vm) }
        return values
    }

    /// As ``takeResults()``, in place of the elements of an array.
    @inline(__always)
    func replaceResults(_ values: inout [LuaValue]) {
        let count = io.pointee.out_results
        var next = 0
        for position in 0..<count {
            let value = decodeFast(&next)
            if position < values.count { values[position] = value } else { values.append(value) }
        }
        if values.count > count { values.removeLast(values.count - count) }
        if io.pointee.out_anchored { nj_release(vm) }
    }

    /// The arguments of a host function; they stay anchored by its own frame.
    func takeCall() -> LuaCall {
        let arguments = io.pointee.out_results > 0 ? decodeAll() : []
        return LuaCall(arguments: arguments, location: takeLocation(), context: context)
    }

    @inline(__always)
    private func decodeAll() -> [LuaValue] {
        let count = io.pointee.out_results
        return [LuaValue](unsafeUninitializedCapacity: count) { buffer, initialized in
            var next = 0
            for position in 0..<count { buffer.initializeElement(at: position, to: decodeFast(&next)) }
            initialized = count
        }
    }

    /// Integers are most of what crosses, and need no more than a look.
    @inline(__always)
    private func decodeFast(_ next: inout Int) -> LuaValue {
        if let value = io.pointee.out?[next], Int(value.kind) == NJ_INTEGER {
            next += 1
            return .integer(value.bits)
        }
        return decode(&next)
    }

    func takeError(_ status: nj_status) -> LuaError {
        switch status {
        case NJ_INVALID: return LuaError(kind: .invalid, message: "the operation is not possible here")
        case NJ_MEMORY where !io.pointee.out_anchored: return .outOfMemory
        default: break
        }
        let location =
            io.pointee.source == nil
            ? nil
            : LuaLocation(source: text(io.pointee.source, io.pointee.source_length), line: Int(io.pointee.line))
        let message = text(io.pointee.message, io.pointee.message_length)
        let traceback = text(io.pointee.trace, io.pointee.trace_length)
        let isHostError = io.pointee.host_error
        var value = LuaValue.nil
        if io.pointee.out_results > 0 {
            var next = 0
            value = decode(&next)
        }
        nj_release(vm)
        var error = LuaError(
            kind: kind(of: status), message: message.isEmpty ? LuaValueText.text(of: value) : message, value: value, traceback: traceback,
            location: location)
        if isHostError, status == NJ_FAILED { error.kind = kind(ofCode: error.code) }
        return error
    }

    private func kind(of status: nj_status) -> LuaError.Kind {
        switch status {
        case NJ_SYNTAX: .syntax
        case NJ_MEMORY: .memory
        case NJ_KILLED: .timeout
        case NJ_TOO_DEEP: .stackOverflow
        default: .runtime
        }
    }

    private func kind(ofCode code: String?) -> LuaError.Kind {
        switch code {
        case "cancelled": .cancelled
        case "cannot_wait": .cannotWait
        default: .runtime
        }
    }

    private func decode(_ next: inout Int) -> LuaValue {
        let value = io.pointee.out[next]
        next += 1
        switch Int(value.kind) {
        case NJ_BOOL: return .bool(value.bits != 0)
        case NJ_INTEGER: return .integer(value.bits)
        case NJ_NUMBER: return .number(Double(bitPattern: UInt64(bitPattern: value.bits)))
        case NJ_STRING: return decodeString(value)
        case NJ_TABLE: return .table(decodeTable(value, &next))
        case NJ_FUNCTION: return .function(LuaFunction(reference: reference(value)))
        case NJ_REFERENCE: return .reference(reference(value))
        case NJ_OBJECT: return .object(LuaObject(typeName: typeNames[Int(value.count)], payload: Array(bytes(value))))
        default: return .nil
        }
    }

    private func decodeTable(_ header: nj_value, _ next: inout Int) -> LuaTable {
        var table = LuaTable()
        table.isList = header.flags & UInt8(NJ_LIST) != 0
        table.array.reserveCapacity(Int(header.count))
        for _ in 0..<header.count { table.array.append(decode(&next)) }
        table.fields.reserveCapacity(header.length)
        for _ in 0..<header.length {
            let key = LuaKey(decode(&next))
            let value = decode(&next)
            if let key { table.fields[key] = value }
        }
        return table
    }

    private func reference(_ value: nj_value) -> LuaReference {
        LuaReference(number: Int32(truncatingIfNeeded: value.bits), registry: registry)
    }

    private func bytes(_ value: nj_value) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: UnsafePointer(bitPattern: Int(value.bits)), count: value.length)
    }

    private func decodeString(_ value: nj_value) -> LuaValue {
        let bytes = bytes(value)
        return String(validating: bytes, as: UTF8.self).map(LuaValue.string) ?? .bytes(Array(bytes))
    }

    private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        guard let start else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }

    private func takeLocation() -> LuaLocation? {
        guard let start = io.pointee.caller else { return nil }
        return LuaLocation(source: text(start, io.pointee.caller_length), line: Int(io.pointee.caller_line))
    }
}

extension Substring {
    /// This text without the scalars at either end that `condition` holds for.
    func trimmed(while condition: (Unicode.Scalar) -> Bool) -> Substring {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !condition($0) }),
            let last = scalars.lastIndex(where: { !condition($0) })
        else { return Substring() }
        return Substring(scalars[first...last])
    }
}

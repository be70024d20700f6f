import NIOCore
import NIOSSL

/// Lets a server on this machine speak TLS as `localhost`. Nobody else trusts this certificate.
enum LoopbackCertificate {
    static func serve(_ channel: any Channel) throws {
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try certificate())],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(keyText.utf8), format: .pem)))
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: NIOSSLContext(configuration: configuration)))
    }

    static func trusting() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([try certificate()])
        return configuration
    }

    private static func certificate() throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: Array(certificateText.utf8), format: .pem)
    }

    private static let certificateText = """
        -----BEGIN CERTIFICATE-----
        MIIBlDCCATugAwIBAgIUZxOCtPpTnqt++VCa77cPgT2NyB8wCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTAxMDU0NFoYDzIxMjYxMDI4
        MDEwNTQ0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAS3aXDXQ8OD+oldSW7KSZLdwOUcZEtqa5Jugzds3P1bK08NdjCgIFz/
        JCCS8pPa3JBwrFKRXndMQ34N+vAy7Msko2kwZzAdBgNVHQ4EFgQUIoM92WycbofW
        UIwEbhEkwIoG6tQwHwYDVR0jBBgwFoAUIoM92WycbofWUIwEbhEkwIoG6tQwFAYD
        VR0RBA0wC4IJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
        RwAwRAIgQ9n2OANokFddz9HTRDPtNM4uqMUfKqNuNV1SYU0GAqICIBCl5Ux2EayA
        huv0lbHTnUQKOrDGOOl4aCg//kU+EzUF
        -----END CERTIFICATE-----
        """

    private static let keyText = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgI3bb2aPpR3h+2Dgi
        F3Yj6ybvpTwgI6BWSeN7JCKkDlOhRANCAAS3aXDXQ8OD+oldSW7KSZLdwOUcZEtq
        a5Jugzds3P1bK08NdjCgIFz/JCCS8pPa3JBwrFKRXndMQ34N+vAy7Msk
        -----END PRIVATE KEY-----
        """
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace PstMigration.SignIn.Tests;

/// <summary>An authority of the tests' own, a server certificate in Microsoft's names by it, and certificates of applications.</summary>
internal sealed class TestCertificates : IDisposable
{
    /// <summary>The password of the applications' files: it must not be seen anywhere.</summary>
    public const string Password = "planted-pfx-password";

    private readonly X509Certificate2 _registered = Self("CN=PstMigration registered application");

    public TestCertificates(string folder)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest authority = new("CN=PstMigration tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 issuer = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using RSA serverKey = RSA.Create(2048);
        CertificateRequest server = new("CN=login.microsoftonline.com", serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("login.microsoftonline.com");
        names.AddDnsName("graph.microsoft.com");
        names.AddDnsName("outlook.office.com");
        names.AddDnsName("outlook.office365.com");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using X509Certificate2 signed = server.Create(issuer, now.AddHours(-1), now.AddDays(1), [1, 2, 3, 4]);
        Server = signed.CopyWithPrivateKey(serverKey);
        AuthorityFile = Write("ca.pem", issuer.ExportCertificatePem());
        CertificateFile = Write("server.pem", signed.ExportCertificatePem());
        KeyFile = Write("server.key", serverKey.ExportPkcs8PrivateKeyPem());
        RegisteredFile = WriteBytes("registered.pfx", _registered.Export(X509ContentType.Pfx, Password));
        using X509Certificate2 stranger = Self("CN=PstMigration other application");
        StrangerFile = WriteBytes("stranger.pfx", stranger.Export(X509ContentType.Pfx, Password));

        string Write(string name, string text)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
            return Path.Combine(folder, name);
        }

        string WriteBytes(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            return Path.Combine(folder, name);
        }
    }

    /// <summary>What login.microsoftonline.com and graph.microsoft.com show.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The authority, for those who trust it.</summary>
    public string AuthorityFile { get; }

    public string CertificateFile { get; }

    public string KeyFile { get; }

    /// <summary>The certificate the provider knows.</summary>
    public string RegisteredFile { get; }

    /// <summary>One it does not.</summary>
    public string StrangerFile { get; }

    /// <summary>The public key the provider checks by (RFC 7517).</summary>
    public JsonElement Keys()
    {
        using RSA key = _registered.GetRSAPublicKey()!;
        RSAParameters parameters = key.ExportParameters(false);
        return JsonSerializer.SerializeToElement(new { keys = new[] { new { kty = "RSA", use = "sig", n = Url(parameters.Modulus!), e = Url(parameters.Exponent!) } } });
        static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    public void Dispose()
    {
        _registered.Dispose();
        Server.Dispose();
    }

    private static X509Certificate2 Self(string name)
    {
        using RSA key = RSA.Create(2048);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }
}

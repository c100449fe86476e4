using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace PstMigration.Mailboxes.Tests;

public sealed class CertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;

    [Fact]
    public async Task A_certificate_without_its_key_is_an_error_before_anybody_is_asked()
    {
        using X509Certificate2 whole = Make(TimeSpan.FromDays(-1), TimeSpan.FromDays(1));
#pragma warning disable SYSLIB0057 // The successor is in .NET alone.
        using X509Certificate2 half = new(whole.RawData);
#pragma warning restore SYSLIB0057

        await Refused(half, "CertificateWithoutKey");
    }

    [Fact]
    public async Task A_certificate_that_is_over_or_not_yet_valid_is_an_error_before_anybody_is_asked()
    {
        using X509Certificate2 over = Make(TimeSpan.FromDays(-9), TimeSpan.FromDays(-1));
        using X509Certificate2 early = Make(TimeSpan.FromDays(1), TimeSpan.FromDays(9));

        await Refused(over, "CertificateExpired");
        await Refused(early, "CertificateExpired");
    }

    [Fact]
    public void A_file_opens_with_its_password_and_no_other()
    {
        string path = Path.Combine(_folder, "app.pfx");
        using X509Certificate2 made = Make(TimeSpan.FromDays(-1), TimeSpan.FromDays(1));
        File.WriteAllBytes(path, made.Export(X509ContentType.Pfx, "planted-password"));

        using X509Certificate2 read = Certificates.FromFile(path, FakeAuthority.Secret("planted-password"));
        MailboxException e = Assert.Throws<MailboxException>(() => Certificates.FromFile(path, FakeAuthority.Secret("wrong")));
        File.WriteAllText(path, "no certificate");

        Assert.True(read.HasPrivateKey);
        Assert.Equal("CertificateUnreadable", e.Id);
        Assert.Equal("CertificateUnreadable", Assert.Throws<MailboxException>(() => Certificates.FromFile(path, null)).Id);
        Assert.Equal("CertificateUnreadable", Assert.Throws<MailboxException>(() => Certificates.FromFile(path + ".none", null)).Id);
        Assert.Equal("CertificateUnreadable", Assert.Throws<MailboxException>(() => Certificates.FromFile(_folder, null)).Id);
    }

    [Fact]
    public void A_thumbprint_nobody_has_is_an_error()
    {
        MailboxException e = Assert.Throws<MailboxException>(() => Certificates.FromStore("\u200e00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 11 22 33"));

        Assert.Equal("CertificateNotFound", e.Id);
        Assert.Contains("00112233445566778899aabbccddeeff00112233", e.Message, StringComparison.Ordinal);
        Assert.Contains("zz", Assert.Throws<MailboxException>(() => Certificates.FromStore("zz")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_off_by_an_hour_is_told_as_that()
    {
        using X509Certificate2 certificate = Make(TimeSpan.FromDays(-1), TimeSpan.FromDays(1));
        FakeAuthority authority = new(_ => FakeAuthority.Refused("invalid_client", "AADSTS700027: Client assertion failed signature validation."), ahead: TimeSpan.FromHours(1));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(Request(certificate, authority), CancellationToken.None));

        Assert.Equal("ClockWrong", e.Id);
        Assert.Contains("60", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task Refused(X509Certificate2 certificate, string id)
    {
        FakeAuthority authority = new(_ => throw new InvalidOperationException("Nobody was to be asked."));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(Request(certificate, authority), CancellationToken.None));

        Assert.Equal(id, e.Id);
        Assert.Empty(authority.Tokens);
    }

    private static SignInRequest Request(X509Certificate2 certificate, FakeAuthority authority) => new()
    {
        Method = SignInMethod.Certificate,
        ClientId = FakeAuthority.ClientId,
        TenantId = "contoso.example",
        Certificate = certificate,
        Handler = authority,
    };

    private static X509Certificate2 Make(TimeSpan from, TimeSpan to)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=PstMigration test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now + from, now + to);
    }
}

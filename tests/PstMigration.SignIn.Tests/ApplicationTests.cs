using Xunit;

namespace PstMigration.SignIn.Tests;

/// <summary>Applications sign in, and what they prove themselves by is judged by a real OpenID provider.</summary>
public sealed class ApplicationTests(SignInFixture fixture)
{
    private const string Begin = "$s = { param($t) [Net.NetworkCredential]::new('', $t).SecurePassword }; $common = @{ TenantId = 'contoso.example' } + $at; ";

    [Fact]
    public async Task A_secret_and_a_certificate_open_a_mailbox_and_wrong_ones_do_not()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        string secret = $"-ClientId {SignInFixture.SecretClient} -ClientSecret (& $s '{{0}}')";
        string certificate = $"-ClientId {SignInFixture.CertificateClient} -CertificatePath '{{0}}' -CertificatePassword (& $s '{TestCertificates.Password}')";

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(),
            Begin
            + Connect(string.Format(System.Globalization.CultureInfo.InvariantCulture, secret, SignInFixture.Secret))
            + Connect(string.Format(System.Globalization.CultureInfo.InvariantCulture, secret, "wrong"))
            + Connect(string.Format(System.Globalization.CultureInfo.InvariantCulture, certificate, fixture.Certificates.RegisteredFile))
            + Connect(string.Format(System.Globalization.CultureInfo.InvariantCulture, certificate, fixture.Certificates.StrangerFile))
            + Connect($"-ClientId {SignInFixture.CertificateClient} -CertificatePath '{fixture.Certificates.RegisteredFile}' -CertificatePassword (& $s 'wrong')")
            + Connect($"-ClientId {SignInFixture.CertificateClient} -CertificateThumbprint 00112233445566778899AABBCCDDEEFF00112233"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            ["ClientSecret|Organization", "SecretInvalid", "Certificate|Organization", "CertificateNotRegistered", "CertificateUnreadable", "CertificateNotFound"],
            output.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_platform_token_opens_a_mailbox_and_without_one_the_error_says_so()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(), "try { Connect-MsMailbox taro@outlook.com -WorkloadIdentity @at } catch { $_.FullyQualifiedErrorId.Split(',')[0] }",
            environment: new Dictionary<string, string> { ["AZURE_CLIENT_ID"] = SignInFixture.CertificateClient, ["AZURE_TENANT_ID"] = "contoso.example" });

        Assert.Equal((0, "WorkloadIdentityMissing", ""), (code, output.Trim(), errors));
    }

    private static string Connect(string how) =>
        "try { $m = Connect-MsMailbox taro@outlook.com @common " + how + "; $i = Get-MsMailbox; \"$($i.SignIn)|$($i.Kind)\"; Disconnect-MsMailbox $m } catch { $_.FullyQualifiedErrorId.Split(',')[0] }; ";
}

using Xunit;

namespace PstMigration.SignIn.Tests;

/// <summary>Promise 6: what is secret appears nowhere.</summary>
public sealed class SecretTests(SignInFixture fixture)
{
    [Fact]
    public async Task Planted_secrets_appear_in_no_stream_error_journal_report_or_dump()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        string home = fixture.NewHome();
        using Person person = fixture.NewPerson();
        List<Task> browsers = [];
        const string Preferences = "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $ErrorActionPreference = 'Continue'; ";

        // Secrets come from variables of the environment, so that the script itself, which errors quote, holds none.
        string script = Preferences + """
            $secret = [Net.NetworkCredential]::new('', $env:PLANTED_SECRET).SecurePassword
            $password = [Net.NetworkCredential]::new('', $env:PLANTED_PASSWORD).SecurePassword
            $token = [Net.NetworkCredential]::new('', $env:PLANTED_TOKEN).SecurePassword
            $all = & {
                $app = @{ Mailbox = 'taro@outlook.com'; TenantId = 'contoso.example' } + $at
                $a = Connect-MsMailbox @app -ClientId SECRETCLIENT -ClientSecret $secret
                Import-PstToMailbox SAMPLE -Mailbox $a -PassThru
                Get-MsMailbox; Get-MsMailboxFolder $a
                Disconnect-MsMailbox $a
                Connect-MsMailbox @app -ClientId CERTIFICATECLIENT -CertificatePath STRANGER -CertificatePassword $password
                Connect-MsMailbox @app -ClientId CERTIFICATECLIENT -ClientSecret $secret
                Connect-MsMailbox @app -ClientId SECRETCLIENT -ClientSecret $env:PLANTED_SECRET
                Connect-MsMailbox taro@outlook.com -AccessToken $env:PLANTED_TOKEN @at
                $t = Connect-MsMailbox taro@outlook.com -AccessToken $token @at
                Get-MsMailbox; $t
                $p = Connect-MsMailbox taro@outlook.com -ClientId PUBLICCLIENT -TokenCache Plain @at
                Get-MsMailbox
                Export-MailboxToPst $p -Path EXPORT
            } *>&1
            $all | Format-List * -Force
            $all
            foreach ($o in @($all) + @($Error)) { foreach ($p in $o.PSObject.Properties) { "$($p.Name)=$($p.Value)" } }
            $Error | Format-List * -Force
            foreach ($e in $Error) { for ($x = $e.Exception; $x; $x = $x.InnerException) { $x | Format-List * -Force; $x.ToString() } }
            """.Replace("SECRETCLIENT", SignInFixture.SecretClient, StringComparison.Ordinal)
            .Replace("CERTIFICATECLIENT", SignInFixture.CertificateClient, StringComparison.Ordinal)
            .Replace("PUBLICCLIENT", SignInFixture.PublicClient, StringComparison.Ordinal)
            .Replace("STRANGER", fixture.Certificates.StrangerFile, StringComparison.Ordinal)
            .Replace("SAMPLE", SignInFixture.Sample, StringComparison.Ordinal)
            .Replace("EXPORT", Path.Combine(home, "export.pst"), StringComparison.Ordinal);

        (int code, string output, string errors) = await fixture.RunAsync(
            home, script, onBrowser: a => browsers.Add(person.OpenAsync(a)), environment: new Dictionary<string, string>
            {
                ["PLANTED_SECRET"] = SignInFixture.Secret,
                ["PLANTED_PASSWORD"] = TestCertificates.Password,
                ["PLANTED_TOKEN"] = "planted-access-token",
            });

        await Task.WhenAll(browsers);
        Assert.Contains("Copied", output, StringComparison.Ordinal);
        Assert.Contains("CertificateNotRegistered", output, StringComparison.Ordinal);
        Assert.Contains("SecretNotSecure", output, StringComparison.Ordinal);
        Assert.Contains("planted-access-token", fixture.Graph.Tokens.Keys);
        Assert.True(fixture.Graph.Tokens.Count > 2, "The sign-ins did not reach the mailbox.");
        string cache = await File.ReadAllTextAsync(
            Directory.GetFiles(Path.Combine(home, ".local", "share", "PstMigration", "SignIn"), "*.plain").Single(), TestContext.Current.CancellationToken);
        string[] secrets = [SignInFixture.Secret, TestCertificates.Password, .. fixture.Graph.Tokens.Keys, .. KeptTokens(cache)];
        Assert.True(secrets.Length > 5);
        string[] files = [.. Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".plain", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith("opened-", StringComparison.Ordinal))];
        string joined = string.Concat(output.Where(c => !char.IsWhiteSpace(c)));
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret, joined, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, errors, StringComparison.Ordinal);
            foreach (string file in files)
            {
                Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> KeptTokens(string cache)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(cache);
        return [.. ((string[])["AccessToken", "RefreshToken", "IdToken"]).SelectMany(
            kind => json.RootElement.GetProperty(kind).EnumerateObject().Select(e => e.Value.GetProperty("secret").GetString()!))];
    }
}

using System.Text.RegularExpressions;
using Xunit;

namespace PstMigration.SignIn.Tests;

/// <summary>People sign in with the staged module, in processes of its own, to a real OpenID provider under Microsoft's names.</summary>
public sealed class PeopleTests(SignInFixture fixture)
{
    private const string Sign = "$m = Connect-MsMailbox {0} -ClientId " + SignInFixture.PublicClient + " @at {1}; ";
    private const string Tell = "$i = Get-MsMailbox; \"$($i.Account)|$($i.Kind)|$($i.SignIn)|$($i.Scopes -join ' ')|$([int]($i.SilentUntil - [DateTimeOffset]::Now).TotalDays)\"; ";

    [Fact]
    public async Task A_person_signs_in_once_and_jobs_afterwards_by_themselves_until_they_are_to_forget()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        string home = fixture.NewHome();
        string cache = Path.Combine(home, ".local", "share", "PstMigration", "SignIn", SignInFixture.PublicClient + ".Global.plain");
        using Person person = fixture.NewPerson();
        List<Task> browsers = [];

        (int code, string output, string errors) = await fixture.RunAsync(
            home, Script("taro@outlook.com", "-TokenCache Plain") + Tell, onBrowser: a => browsers.Add(person.OpenAsync(a)));

        await Task.WhenAll(browsers);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("taro@outlook.com|Personal|Interactive|Calendars.ReadWrite Contacts.ReadWrite Mail.ReadWrite Tasks.ReadWrite|90", output.Trim());
        Assert.Equal(2, browsers.Count);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cache));
        string kept = await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken);
        string refreshToken = Assert.Single(Secrets(kept, "RefreshToken"));

        // A scheduled task, hours later: nobody is there, and nothing says where the sign-in is kept.
        (code, output, errors) = await fixture.RunAsync(home, Script("taro@outlook.com", "-Silent") + Tell);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("taro@outlook.com|Personal|Interactive|Calendars.ReadWrite", output, StringComparison.Ordinal);
        Assert.DoesNotContain(refreshToken, Secrets(await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken), "RefreshToken"));

        // By whoever is connected to it, or by its address alone.
        string before = await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken);
        (code, output, errors) = await fixture.RunAsync(home, Script("taro@outlook.com", "-Silent") + "Disconnect-MsMailbox $m -Forget; " + Failing("taro@outlook.com", "-Silent"));

        Assert.Equal((0, "SignInRequired", ""), (code, output.Trim(), errors));
        Assert.Empty(Secrets(await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken), "RefreshToken"));

        await File.WriteAllTextAsync(cache, before, TestContext.Current.CancellationToken);
        (code, output, errors) = await fixture.RunAsync(
            home,
            "Disconnect-MsMailbox hanako@contoso.example -Forget -ErrorAction SilentlyContinue -ErrorVariable e; ($e[0].FullyQualifiedErrorId -split ',')[0]; "
            + "Disconnect-MsMailbox Taro@Outlook.com -Forget");
        Assert.Equal((0, "MailboxNotConnected", ""), (code, output.Trim(), errors));
        Assert.Empty(Secrets(await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken), "RefreshToken"));
        (code, output, errors) = await fixture.RunAsync(home, Failing("taro@outlook.com", "-Silent"));

        Assert.Equal((0, "SignInRequired", ""), (code, output.Trim(), errors));
        Assert.Empty(Secrets(await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken), "RefreshToken"));
    }

    [Fact]
    public async Task Who_refuses_contacts_has_mail_all_the_same()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        using Person person = fixture.NewPerson();
        List<Task> browsers = [];

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(), Script("refuser@contoso.example", "-TokenCache None -WarningVariable w -WarningAction SilentlyContinue") + Tell + "\"$w\"", onBrowser: a => browsers.Add(person.OpenAsync(a)));

        await Task.WhenAll(browsers);
        Assert.Equal((0, ""), (code, errors));
        string[] lines = output.Trim().Split('\n');
        Assert.Equal("refuser@contoso.example|Organization|Interactive|Mail.ReadWrite|90", lines[0]);
        Assert.Contains("Contacts.ReadWrite", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_entered_in_a_browser_somewhere_else()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        using Person person = fixture.NewPerson();
        List<Task> browsers = [];

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(),
            Script("hanako@contoso.example", "-DeviceCode -MailOnly -TokenCache None") + Tell,
            onLine: line =>
            {
                Match said = Regex.Match(line, @"(https://\S+/device)\b.*?\b([A-Z]{4}-[A-Z]{4})\b");
                if (said.Success)
                {
                    browsers.Add(person.OpenAsync(new Uri(said.Groups[1].Value + "?user_code=" + said.Groups[2].Value)));
                }
            });

        await Assert.Single(browsers);
        Assert.Equal((0, ""), (code, errors));
        Assert.EndsWith("hanako@contoso.example|Organization|DeviceCode|Mail.ReadWrite|90", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_before_anybody_signs_in()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        string home = fixture.NewHome();
        string folder = Directory.CreateDirectory(Path.Combine(home, ".local", "share", "PstMigration", "SignIn")).FullName;
        string exposed = Path.Combine(folder, SignInFixture.PublicClient + ".USGov.plain");
        await File.WriteAllTextAsync(exposed, "{}", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(exposed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        (int code, string output, string errors) = await fixture.RunAsync(
            home,
            Failing("taro@outlook.com", "")
            + Failing("nonsense", "")
            + Failing("taro@outlook.com", "-TokenCache Plain -Environment USGov")
            + Failing("taro@outlook.com", "-TokenCache Plain -Silent")
            + Failing("taro@contoso.example", "-TokenCache None -TenantId nowhere.example")
            + Failing("taro@contoso.example", "-TokenCache None -TenantId government.example")
            + "\"$(@(Get-MsMailbox).Count)\"");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            ["TokenCacheUnavailable", "AddressInvalid", "TokenCacheExposed", "SignInRequired", "TenantUnknown", "WrongCloud", "0"],
            output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("planted-token \u0001\u0002 that is no JSON")]
    [InlineData("[]")]
    public async Task Kept_sign_ins_that_cannot_be_read_are_given_up_and_the_choice_of_the_file_stays(string content)
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        string home = fixture.NewHome();
        string folder = Directory.CreateDirectory(Path.Combine(home, ".local", "share", "PstMigration", "SignIn")).FullName;
        string kept = Path.Combine(folder, SignInFixture.PublicClient + ".Global.plain");
        await File.WriteAllTextAsync(kept, content, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (int code, string output, string errors) = await fixture.RunAsync(
            home, Failing("taro@outlook.com", "-Silent") + Failing("taro@outlook.com", "-Silent") + "$Error | Format-List * -Force");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(2, Regex.Count(output, "^SignInRequired\r?$", RegexOptions.Multiline));
        Assert.Single(Regex.Matches(output, "cannot be read any more"));
        Assert.DoesNotContain("planted-token", output, StringComparison.Ordinal);
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task A_proxy_that_asks_gets_what_was_given_for_it()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        using TunnelProxy strict = new(fixture.Hosts, "anna:planted-proxy-password");
        string app = $"taro@outlook.com -TenantId contoso.example -ClientId {SignInFixture.SecretClient} -ClientSecret ([Net.NetworkCredential]::new('', '{SignInFixture.Secret}').SecurePassword) -Proxy {strict.Address}";

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(),
            "try { $null = Connect-MsMailbox " + app + " } catch { $_.FullyQualifiedErrorId.Split(',')[0] }; "
            + "$c = [pscredential]::new('anna', [Net.NetworkCredential]::new('', 'planted-proxy-password').SecurePassword); "
            + "(Connect-MsMailbox " + app + " -ProxyCredential $c).Address; "
            + "try { $null = Connect-MsMailbox " + app.Replace(strict.Address.ToString(), "http://127.0.0.1:1/", StringComparison.Ordinal) + " } catch { $_.FullyQualifiedErrorId.Split(',')[0] }");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["ProxySignInRequired", "taro@outlook.com", "MailboxUnreachable"], output.Trim().Split('\n'));
        Assert.Equal(["graph.microsoft.com", "login.microsoftonline.com"], strict.Wanted.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_server_the_system_does_not_trust_gets_nothing()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");

        (int code, string output, string errors) = await fixture.RunAsync(
            fixture.NewHome(),
            $"try {{ $null = Connect-MsMailbox taro@outlook.com -TenantId contoso.example -ClientId {SignInFixture.SecretClient} -ClientSecret ([Net.NetworkCredential]::new('', 'x').SecurePassword) @at }} catch {{ $_.FullyQualifiedErrorId.Split(',')[0] }}",
            trusts: false);

        Assert.Equal((0, "ServerNotTrusted", ""), (code, output.Trim(), errors));
    }

    private static string Script(string account, string more) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Sign, account, more);

    private static string Failing(string account, string more) =>
        "try { " + Script(account, more) + "'connected' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }; ";

    /// <summary>The secrets of a kind in a cache of MSAL.</summary>
    private static IEnumerable<string> Secrets(string cache, string kind)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(cache);
        return json.RootElement.TryGetProperty(kind, out System.Text.Json.JsonElement entries)
            ? [.. entries.EnumerateObject().Select(e => e.Value.GetProperty("secret").GetString()!)]
            : [];
    }
}

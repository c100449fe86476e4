using PstMigration.Accounts.Thunderbird;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Accounts.Tests.Profiles;

public sealed class ThunderbirdTests
{
    private static readonly string s_folder = Path.Combine(TestData.Corpus, "thunderbird");

    [Fact]
    public void CopiedFolderGivesItsProfilesAndNoOther()
    {
        ThunderbirdProfile[] profiles = [.. ThunderbirdProfiles.FromFolder(s_folder)];
        Assert.Equal(["default-release", "work"], profiles.Select(p => p.Name));
        Assert.All(profiles, p => Assert.StartsWith(s_folder, p.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void AccountsHaveServersSecurityAndSignIn()
    {
        ThunderbirdProfile profile = ThunderbirdProfiles.FromFolder(s_folder).First();
        Assert.Equal(2, profile.Accounts.Count);
        LegacyMailAccount imap = profile.Accounts[0];
        Assert.Equal("taro@hotmail.co.jp", imap.Account);
        Assert.Equal("太郎 \"hotmail\"", imap.Name);
        Assert.Equal(MailProtocol.Imap, imap.Protocol);
        Assert.Equal(MailAuthentication.OAuth2, imap.Incoming!.Authentication);
        Assert.Equal(MailSecurity.ImplicitTls, imap.Incoming.Security);
        Assert.Equal("smtp-mail.outlook.com:587", imap.Outgoing!.ToString());
        Assert.Equal(MailSecurity.StartTls, imap.Outgoing.Security);
        Assert.Equal(128, imap.Client.Version!.Major);
        Assert.Equal(Path.Combine(profile.Folder, "ImapMail", "outlook.office365.com"), imap.Folder);
        Assert.Null(imap.Path);

        LegacyMailAccount pop = profile.Accounts[1];
        Assert.Equal("pop.example.jp:110", pop.Incoming!.ToString());
        Assert.Equal(MailAuthentication.Password, pop.Incoming.Authentication);
        Assert.Equal("14 days", pop.LeaveOnServer!.ToString());
        Assert.Equal("smtp.example.jp:587", pop.Outgoing!.ToString());
        Assert.Null(pop.Folder);
    }

    [Fact]
    public void OneProfileFolderWillDo()
    {
        ThunderbirdProfile profile = Assert.Single(ThunderbirdProfiles.FromFolder(Path.Combine(s_folder, "Profiles", "old.work")));
        Assert.Equal(MailProtocol.Ews, Assert.Single(profile.Accounts).Protocol);
    }

    [Fact]
    public void FolderWithoutProfileIsAnError() =>
        Assert.Equal("MailProfileNotFound", Assert.Throws<AccountsException>(() => ThunderbirdProfiles.FromFolder(TestData.Corpus)).Id);

    [Fact]
    public void SecretsOfExtensionsAreNotKept()
    {
        using StringReader reader = new("user_pref(\"extensions.some.password\", \"hunter2\");\nuser_pref(\"mail.server.server1.type\", \"imap\");\n");
        ThunderbirdPreferences preferences = ThunderbirdPreferences.Read(reader, "prefs.js");
        Assert.Null(preferences.Text("extensions.some.password"));
        Assert.Equal("imap", preferences.Text("mail.server.server1.type"));
    }

    [Theory]
    [InlineData("user_pref(\"mail.server.server1.type\", \"imap\\x41\\u3042\\n\");", "imapAあ\n")]
    [InlineData("user_pref(\"mail.server.server1.type\", \"open", null)]
    [InlineData("user_pref(\"mail.server.server1.type\"", null)]
    [InlineData("user_pref(\"mail.server.server1.type\", \"trailing\\u12\");", "trailingu12")]
    public void OddLinesDoNoHarm(string line, string? expected)
    {
        using StringReader reader = new(line);
        Assert.Equal(expected, ThunderbirdPreferences.Read(reader, "prefs.js").Text("mail.server.server1.type"));
    }

    [Fact]
    public void LongLinesArePassedOver()
    {
        using StringReader reader = new("user_pref(\"mail.server.server1.name\", \"" + new string('x', 10_000_000) + "\");\nuser_pref(\"mail.server.server1.type\", \"imap\");");
        ThunderbirdPreferences preferences = ThunderbirdPreferences.Read(reader, "prefs.js");
        Assert.Null(preferences.Text("mail.server.server1.name"));
        Assert.Equal("imap", preferences.Text("mail.server.server1.type"));
    }
}

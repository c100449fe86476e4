using PstMigration.Accounts.Outlook;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Accounts.Tests.Profiles;

public sealed class OutlookProfileTests
{
    [Fact]
    public void Outlook2010KeepsTextAsBinary()
    {
        OutlookProfile profile = Assert.Single(Read("outlook-2010.reg").Profiles);
        Assert.Equal("Outlook", profile.Name);
        Assert.True(profile.IsDefault);
        Assert.Equal(new Version(14, 0), profile.Version);
        Assert.Equal(["taro@nifty.com", "taro.yamada@gmail.com", "taro@hotmail.co.jp"], profile.Accounts.Select(a => a.Account));

        LegacyMailAccount pop = profile.Accounts[0];
        Assert.Equal(MailProtocol.Pop, pop.Protocol);
        Assert.Equal("pop.nifty.com:110", pop.Incoming!.ToString());
        Assert.Equal(MailSecurity.None, pop.Incoming.Security);
        Assert.Equal("taro", pop.Incoming.UserName);
        Assert.Equal("smtp.nifty.com:587", pop.Outgoing!.ToString());
        Assert.False(pop.LeaveOnServer!.IsEnabled);
        Assert.Equal(@"C:\Users\taro\Documents\Outlook ファイル\Outlook.pst", pop.Path);
        Assert.Equal("Outlook 2010", pop.Client.ToString());

        LegacyMailAccount imap = profile.Accounts[1];
        Assert.Equal(MailProtocol.Imap, imap.Protocol);
        Assert.Equal(MailSecurity.ImplicitTls, imap.Incoming!.Security);
        Assert.Equal(993, imap.Incoming.Port);
        Assert.Null(imap.LeaveOnServer);
        Assert.EndsWith("taro.yamada@gmail.com.pst", imap.Path, StringComparison.Ordinal);
        Assert.Equal(MailProtocol.HotmailConnector, profile.Accounts[2].Protocol);
    }

    [Fact]
    public void DataFilesOfOldProfilesHaveAnsiPaths()
    {
        OutlookProfile profile = Assert.Single(Read("outlook-2010.reg").Profiles);
        Assert.Equal([@"C:\Users\taro\Documents\Outlook ファイル\Outlook.pst", @"D:\mail\アーカイブ.pst"], profile.DataFiles.Select(f => f.Path));
        Assert.Equal("古いメール", profile.DataFiles[1].DisplayName);
        Assert.False(profile.DataFiles[1].IsOst);
    }

    [Fact]
    public void Outlook2013WithExchangeAndActiveSync()
    {
        OutlookProfile profile = Assert.Single(Read("outlook-2013.reg").Profiles);
        Assert.Equal("仕事", profile.Name);
        Assert.True(profile.IsDefault);
        Assert.Equal([MailProtocol.Exchange, MailProtocol.ActiveSync], profile.Accounts.Select(a => a.Protocol));
        Assert.Equal("hanako@contoso.com", profile.Accounts[0].Account);
        Assert.EndsWith("hanako@contoso.com.ost", profile.Accounts[0].Path, StringComparison.Ordinal);
        Assert.Null(profile.Accounts[0].Incoming);
        Assert.Equal("eas.outlook.com:443", profile.Accounts[1].Incoming!.ToString());
        Assert.Equal([true, false], profile.DataFiles.Select(f => f.IsOst));
        Assert.Equal(@"\\fileserver\mail$\hanako\archive.pst", profile.DataFiles[1].Path);
    }

    [Fact]
    public void Microsoft365OfAnotherUserInOutlooksOrder()
    {
        OutlookProfile profile = Assert.Single(Read("outlook-365.reg").Profiles);
        Assert.Equal(["jiro@yahoo.co.jp", "jiro@outlook.com", "jiro@contoso.onmicrosoft.com", "jiro@ocn.ne.jp"], profile.Accounts.Select(a => a.Account));
        Assert.All(profile.Accounts, a => Assert.Equal("S-1-5-21-1111111111-2222222222-3333333333-1001", a.User));

        LegacyMailAccount pop = profile.Accounts[1];
        Assert.Equal(new Version("16.0.18129.20158"), pop.Client.Version);
        Assert.True(pop.Client.IsSubscription);
        Assert.Equal(MailSecurity.StartTls, pop.Outgoing!.Security);
        Assert.True(pop.LeaveOnServer!.IsEnabled);
        Assert.Equal(14, pop.LeaveOnServer.RemoveAfterDays);
        Assert.False(pop.LeaveOnServer.RemoveWhenDeleted);
        Assert.Equal(@"C:\Users\jiro\OneDrive\Documents\Outlook Files\jiro@outlook.com.pst", pop.Path);
        Assert.EndsWith("jiro@yahoo.co.jp.ost", profile.Accounts[0].Path, StringComparison.Ordinal);

        LegacyMailAccount plain = profile.Accounts[3];
        Assert.Equal(MailAuthentication.Ntlm, plain.Incoming!.Authentication);
        Assert.Equal(MailAuthentication.None, plain.Outgoing!.Authentication);
        Assert.True(plain.LeaveOnServer!.RemoveWhenDeleted);
        Assert.Equal(@"E:\古い\メール.pst", plain.Path);
    }

    [Fact]
    public void HostileExportGivesProblemsAndWhatIsSound()
    {
        OutlookProfileSet set = Read("hostile.reg");
        LegacyMailAccount account = Assert.Single(Assert.Single(set.Profiles).Accounts);
        Assert.Equal("outlook.office365.com", account.Incoming!.Host);
        Assert.Equal(143, account.Incoming.Port);
        Assert.Equal(["RegistryFileDamaged", "RegistryFileDamaged", "RegistryFileDamaged"], set.Problems.Select(p => p.Id));
    }

    [Fact]
    public void TheListOfValuesThatAreReadHasNoPassword()
    {
        foreach (string name in new[] { "POP3 Password", "IMAP Password", "SMTP Password", "EAS Password", "POP3 Password2", "HTTP Password", "OAuth Refresh Token" })
        {
            Assert.False(OutlookRegistry.Filter.WantsValue(@"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\a\b\00000001", name));
        }
    }

    [Fact]
    public void WithoutWindowsTheRegistryIsSaidToBeMissing()
    {
        Assert.SkipWhen(System.IO.Path.DirectorySeparatorChar == '\\', "Windows has a registry.");
        Assert.Equal("RegistryNotHere", Assert.Throws<AccountsException>(() => OutlookProfiles.FromRegistry()).Id);
    }

    private static OutlookProfileSet Read(string name) => OutlookProfiles.FromFile(System.IO.Path.Combine(TestData.Corpus, "registry", name));
}

using System.Globalization;
using System.Security;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Options of new files.</summary>
public sealed class NewFileTests
{
    // The checksum that a genuine file of this password holds.
    private const int ChecksumOfPassword1 = 0x11A89DA7;

    [Fact]
    public void The_checksum_of_a_password_is_the_one_Outlook_keeps()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/passwordprotectedPST.pst"));

        Assert.Equal(ChecksumOfPassword1, file.Properties.GetInt32(PropertyTags.PstPassword));
        Assert.Equal(ChecksumOfPassword1, PstPassword.Checksum(Secret("Password1"), 1252));
    }

    [Fact]
    public void A_password_is_taken_in_the_code_page_it_is_typed_in()
    {
        int expected = unchecked((int)MapiCrc.Compute([0x95, 0x5C]));

        Assert.Equal(932, PstPassword.CodePageOf(CultureInfo.GetCultureInfo("ja-JP")));
        Assert.Equal(expected, PstPassword.Checksum(Secret("表"), 932));
        Assert.Equal(0, PstPassword.Checksum(null, 1252));
        Assert.Equal(0, PstPassword.Checksum(Secret(""), 1252));
        Assert.Equal("PstPasswordUnusable", Assert.Throws<PstException>(() => PstPassword.Checksum(Secret("表"), 1252)).Id);
        Assert.Equal("PstPasswordUnusable", Assert.Throws<PstException>(() => PstPassword.Checksum(Secret("1234567890123456"), 1252)).Id);
    }

    [Fact]
    public void A_new_file_has_its_password()
    {
        using TemporaryFolder folder = new();
        Create(folder.File("a.pst"), SampleFile.Options() with { PasswordChecksum = ChecksumOfPassword1 });

        using PstFile file = PstFile.Open(folder.File("a.pst"));

        Assert.True(file.HasPassword);
        Assert.Equal(ChecksumOfPassword1, file.Properties.GetInt32(PropertyTags.PstPassword));
    }

    [Theory]
    [InlineData("en-US", "Inbox", "Sent Items", "Calendar")]
    [InlineData("ja-JP", "受信トレイ", "送信済みアイテム", "予定表")]
    public void Default_folders_are_named_in_the_language_and_known_by_their_roles(string language, string inbox, string sent, string calendar)
    {
        using TemporaryFolder folder = new();
        Create(folder.File("a.pst"), SampleFile.Options() with { DefaultFolders = true, Language = CultureInfo.GetCultureInfo(language) });

        Assert.Empty(new PstChecker().CheckAll(folder.File("a.pst"), new PstCheckOptions { OwnWriter = true }).Findings);
        using PstFile file = PstFile.Open(folder.File("a.pst"));
        PstFolder[] folders = [.. file.IpmSubtree.EnumerateFolders()];
        Assert.Equal(inbox, folders.Single(f => f.Role == FolderRole.Inbox).Name);
        Assert.Equal(sent, folders.Single(f => f.Role == FolderRole.SentItems).Name);
        PstFolder appointments = folders.Single(f => f.Role == FolderRole.Calendar);
        Assert.Equal((calendar, "IPF.Appointment"), (appointments.Name, appointments.ContainerClass));
        Assert.Equal(11, folders.Select(f => f.Role).Distinct().Count());
        Assert.DoesNotContain(folders, f => f.Role == FolderRole.None);
    }

    [Fact]
    public void Items_beyond_the_limit_are_refused_and_the_file_is_sound()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"), SampleFile.Options() with { MaxLength = 600_000 }))
        {
            MapiItem large = SampleItems.Mail(1);
            large.Attachments.Add(SampleItems.File("large", new SampleItems.Generated(2_000_000)));
            builder.AddItem(builder.RootFolder, SampleItems.Mail(0));
            PstException e = Assert.Throws<PstException>(() => builder.AddItem(builder.RootFolder, large));
            builder.AddItem(builder.RootFolder, SampleItems.Mail(2));
            builder.Complete();

            Assert.Equal("PstSizeLimit", e.Id);
        }

        Assert.Empty(new PstChecker().CheckAll(folder.File("a.pst"), new PstCheckOptions { OwnWriter = true }).Findings);
        using PstFile file = PstFile.Open(folder.File("a.pst"));
        Assert.Equal((2, true), (file.IpmSubtree.ItemCount, file.Length <= 600_000));
    }

    [Theory]
    [InlineData(PstFormat.Ansi, 1.7, false)]
    [InlineData(PstFormat.Ansi, 1.81, true)]
    [InlineData(PstFormat.Unicode, 19.9, false)]
    [InlineData(PstFormat.Unicode, 20.1, true)]
    [InlineData(PstFormat.Unicode, 46, true)]
    public void Sizes_near_the_limits_of_Outlook_are_told(PstFormat format, double gigabytes, bool isTold)
    {
        string? warning = PstSize.Warn(format, (long)(gigabytes * (1L << 30)));

        Assert.Equal(isTold, warning is not null);
        Assert.Equal(gigabytes > 45, warning?.Contains("50 GB", StringComparison.Ordinal) == true);
    }

    private static void Create(string path, PstCreateOptions options)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, options);
        builder.Complete();
    }

    private static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }
}

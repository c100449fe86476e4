using System.Buffers.Binary;
using System.Management.Automation;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>What an error advises is about what was typed; what is wrong with one file is an error about that file.</summary>
public sealed class AdviceTests : TriedTest
{
    [Theory]
    [InlineData("Export-PstItem '{0}' -Destination there.txt", "there.txt")]
    [InlineData("Import-PstToMailbox '{0}' $m -LogPath folder", "folder")]
    public void A_file_in_place_of_a_folder_or_the_other_way_about_is_no_disk_that_fails(string script, string named)
    {
        Connect();
        File.WriteAllText(At("there.txt"), "");
        Directory.CreateDirectory(At("folder"));

        Assert.Equal(["PathOfOtherKind"], Errors(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)));
        Assert.Contains(named, Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("network", Session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Import-PstToMailbox folder $m -RetireSource 0d")]
    [InlineData("Get-PstItem '{0}' | Import-PstToMailbox -Mailbox $m -RetireSource 0d")]
    [InlineData("Get-PstFolder '{0}' | Import-PstToMailbox -Mailbox $m -RetireSource 0d")]
    [InlineData("Import-PstToMailbox '{0}' $m -RetireSource 0d -AsOf 2026-01-01")]
    public void What_is_no_data_file_to_retire_is_told_without_a_result_nobody_has(string script)
    {
        Connect();
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("folder/a.eml"), "From: a@example.jp\r\nSubject: s\r\n\r\ntext\r\n");

        Assert.Equal(["RetireNeedsDataFile"], Errors(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)));
        Assert.DoesNotContain("Issues", Session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Test-PstFile", Session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Html")]
    [InlineData("Text")]
    [InlineData("Json")]
    public void What_was_written_to_be_read_is_not_read_back(string format)
    {
        Connect();
        Session.InvokeClean($"$null = Export-PstItem '{Sample}' -Destination out -Format {format}");

        Assert.Equal(["FormatNotRead"], Errors("Import-PstToMailbox out $m"));
        Assert.Contains(format + " is for reading", Session.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_that_was_written_to_be_read_says_so()
    {
        Connect();
        string plans = $"-PlanFolder '{At("plans")}'";
        Session.InvokeClean($"$null = Import-PstToMailbox '{Sample}' $m; $null = Register-MailboxBackup nightly $m backup -Format Html -Scheduler None -WarningAction SilentlyContinue {plans}; $null = Start-MailboxBackup nightly {plans}");

        Assert.Equal(["FormatNotRead"], Errors($"Get-MailboxBackup nightly {plans} | Import-PstToMailbox -Mailbox $m"));
        Assert.Contains("Html is for reading", Session.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_no_backup_has_is_told() =>
        Assert.Contains("nightly*", Assert.Single(Warnings($"Start-MailboxBackup nightly* -PlanFolder '{At("plans")}'")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-PstItem headless.pst, '{0}'")]
    [InlineData("Get-PstItem '{0}', headless.pst")]
    [InlineData("'headless.pst', '{0}' | Get-PstItem")]
    [InlineData("Get-PstFolder headless.pst, '{0}'")]
    [InlineData("Export-PstItem headless.pst, '{0}' -Destination out")]
    public void A_file_without_folders_is_an_error_about_it_and_the_next_one_is_read(string script)
    {
        WriteWithoutFolders(At("headless.pst"));

        PSObject[] found = [.. Session.Invoke(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample))];

        Assert.NotEmpty(found);
        ErrorRecord error = Assert.Single(Session.Errors);
        Assert.StartsWith("PstDamaged,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("headless.pst", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A copy of the sample whose node B-tree ([MS-PST] 2.2.2.7.7.4) has no folder any more: each has become a node of another type, with the checksum of its page right.</summary>
    private static void WriteWithoutFolders(string path)
    {
        byte[] file = File.ReadAllBytes(Sample);
        for (int page = 0; page + 512 <= file.Length; page += 512)
        {
            Span<byte> bytes = file.AsSpan(page, 512);
            if (bytes[496] != 0x81 || bytes[497] != 0x81 || bytes[491] != 0)
            {
                continue;
            }

            for (int entry = 0; entry < bytes[488]; entry++)
            {
                bytes[entry * 32] |= (byte)((bytes[entry * 32] & 0x1F) == 0x02 ? 0x01 : 0);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes[500..], Checksum(bytes[..496]));
        }

        File.WriteAllBytes(path, file);
    }

    // [MS-PST] 5.3: CRC-32 that begins with zero and is not inverted.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (byte b in bytes)
        {
            sum ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xEDB88320 : 0);
            }
        }

        return sum;
    }
}

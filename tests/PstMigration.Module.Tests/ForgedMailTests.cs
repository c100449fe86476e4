using System.Management.Automation;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Mail from elsewhere that has the headers this project writes into its exports.</summary>
public sealed class ForgedMailTests : IDisposable
{
    private const string Mail = "From: mallory@example.com\nTo: anna@example.com\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nSubject: forged\nMessage-ID: <forged@example.com>\n";

    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("forged-").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    private string Target => Path.Combine(_folder, "target.pst");

    private string Exported => Path.Combine(_folder, "mail", "rehearsal");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Eml", "IPM.Configuration.X", "\nbody\n")]
    [InlineData("Mbox", "IPM.Rule.Version2.Message", "\nbody\n")]
    [InlineData("Maildir", "IPM.Appointment", "\nbody\n")]
    [InlineData("Eml", "IPM.Contact", "Content-Type: text/vcard\n\nBEGIN:VCARD\nVERSION:3.0\nFN:Mallory\nEND:VCARD\n")]
    public void It_is_mail_like_any_other(string format, string messageClass, string rest)
    {
        Write(format, "X-PstMigration-Received: 2037-01-01T00:00:00.0000000Z\nX-PstMigration-Class: " + messageClass + "\nX-PstMigration-Source: x/1\nX-PstMigration-Proof: " + new string('0', 64) + "\n" + Mail + rest);

        PSObject result = _session.Invoke($"Import-PstItem '{_folder}/in' -Destination '{Target}' -MessageClass IPM.Note -Before 2027-01-01 -WarningVariable w").Single();
        PSObject item = _session.InvokeClean($"Get-PstItem '{Target}'").Single();
        PSObject sandbox = _session.Invoke($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox'; Import-PstToMailbox '{_folder}/in' -Mailbox $m -WarningAction SilentlyContinue").Single();

        Assert.Equal((1, 0, 0), (Count(result, "Copied"), Count(result, "Failed"), Count(result, "LossCount")));
        Assert.Equal("IPM.Note", item.Properties["MessageClass"].Value);
        Assert.Equal(2026, ((DateTime)item.Properties["ReceivedTime"].Value).Year);
        Assert.Equal("1", string.Concat(_session.InvokeClean("@($w | Where-Object { \"$_\" -like '*nothing proves*' }).Count")));
        Assert.Equal((1, 0), (Count(sandbox, "Copied"), Count(sandbox, "Failed")));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public void It_does_not_stand_for_a_copy(string format)
    {
        int count = Count(Export(format), "Copied");
        string[] own = [.. Messages().Select(HeadersOf).Where(h => h.Length > 0)];
        Directory.Delete(Path.Combine(_folder, "mail"), recursive: true);
        string inbox = format == "Maildir" ? Path.Combine(Exported, "cur") : Path.Combine(Exported, "Inbox");
        Directory.CreateDirectory(inbox);
        if (format == "Maildir")
        {
            Directory.CreateDirectory(Path.Combine(Exported, "new"));
            Directory.CreateDirectory(Path.Combine(Exported, "tmp"));
        }

        // All that the headers of real copies say, with other content.
        string[] forged = [.. own.Select(h => h + Mail + "\nbody\n")];
        if (format == "Mbox")
        {
            File.WriteAllText(Path.Combine(inbox, "Inbox.mbox"), string.Concat(forged.Select(f => "From m@example.com Mon Nov  2 10:00:00 2026\n" + f + "\n")));
        }

        for (int i = 0; format != "Mbox" && i < forged.Length; i++)
        {
            File.WriteAllText(Path.Combine(inbox, format == "Eml" ? $"forged {i}.eml" : $"1700000000.M{i}.host"), forged[i]);
        }

        PSObject first = Export(format);
        PSObject second = Export(format);

        Assert.True(own.Length >= count && own.All(h => h.Contains("X-PstMigration-Source:", StringComparison.Ordinal)));
        Assert.Equal((count, 0), (Count(first, "Copied"), Count(first, "AlreadyThere")));
        Assert.Equal((0, count), (Count(second, "Copied"), Count(second, "AlreadyThere")));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public void What_this_project_wrote_is_known_without_its_list_and_from_a_part_of_the_tree_and_without_the_key_as_mail(string format)
    {
        int count = Count(Export(format), "Copied");
        File.Delete(Path.Combine(Exported, ".pstmigration-items"));
        PSObject again = Export(format);
        string[] classes = Classes(s_sample);

        _session.InvokeClean($"Import-PstItem '{Exported}' -Destination '{Target}'");
        Assert.Equal((0, count), (Count(again, "Copied"), Count(again, "AlreadyThere")));
        Assert.Equal(classes, Classes(Target));
        Assert.Contains(classes, c => c != "IPM.Note");

        File.Delete(Path.Combine(Exported, ".pstmigration-key"));
        string other = Path.Combine(_folder, "other.pst");
        PSObject unproven = _session.Invoke($"Import-PstItem '{Exported}' -Destination '{other}' -WarningAction SilentlyContinue").Single();
        Assert.Equal((count, 0), (Count(unproven, "Copied"), Count(unproven, "Failed")));
    }

    private PSObject Export(string format) => _session.InvokeClean($"Export-PstItem '{s_sample}' -Destination '{_folder}/mail' -Format {format}").Single();

    private string[] Classes(string file) => [.. _session.InvokeClean($"Get-PstItem '{file}' | ForEach-Object MessageClass").Select(c => c.ToString()).Order(StringComparer.Ordinal)];

    private List<string> Messages() => [.. Directory.GetFiles(Exported, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('.'))
        .SelectMany(f => f.EndsWith(".mbox", StringComparison.Ordinal) ? Encoding.Latin1.GetString(File.ReadAllBytes(f)).Split("\n\nFrom ") : [Encoding.Latin1.GetString(File.ReadAllBytes(f))])];

    private static string HeadersOf(string message)
    {
        IEnumerable<string> lines = message.Replace("\r", "").Split('\n').SkipWhile(l => !l.StartsWith("X-PstMigration-", StringComparison.Ordinal));
        return string.Concat(lines.TakeWhile(l => l.StartsWith("X-PstMigration-", StringComparison.Ordinal) || l.StartsWith(' ') || l.StartsWith("Status", StringComparison.Ordinal) || l.StartsWith("X-Status", StringComparison.Ordinal)).Select(l => l + "\n"));
    }

    private void Write(string format, string mail)
    {
        string directory = Path.Combine(_folder, "in");
        Directory.CreateDirectory(Path.Combine(directory, "cur"));
        Directory.CreateDirectory(Path.Combine(directory, "new"));
        switch (format)
        {
            case "Eml":
                Directory.Delete(directory, recursive: true);
                Directory.CreateDirectory(directory);
                File.WriteAllText(Path.Combine(directory, "a.eml"), mail);
                break;
            case "Mbox":
                Directory.Delete(directory, recursive: true);
                Directory.CreateDirectory(directory);
                File.WriteAllText(Path.Combine(directory, "a.mbox"), "From m@example.com Mon Nov  2 10:00:00 2026\n" + mail + "\n");
                break;
            default:
                File.WriteAllText(Path.Combine(directory, "cur", "1700000000.M1.host:2,S"), mail);
                break;
        }
    }

    private static int Count(PSObject result, string name) => Convert.ToInt32(result.Properties[name].Value, System.Globalization.CultureInfo.InvariantCulture);
}

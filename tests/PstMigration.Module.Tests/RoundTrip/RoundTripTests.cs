using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.RoundTrip;

/// <summary>Real files through a mailbox and back, judged by readers nobody here wrote.</summary>
public sealed class RoundTripTests : IDisposable
{
    // RTF-only bodies become HTML and back to text: lists lose their bullets, fields their instructions.
    private const double SameWords = 0.95;

    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-roundtrip").FullName;

    public static IEnumerable<TheoryDataRow<string?>> Files() => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_real_file_goes_into_a_mailbox_and_comes_back(string? name)
    {
        string original = TestData.Path(name ?? "");
        string exported = Path.Combine(_folder, "exported.pst");
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Culture en-US -NoThrottling");

        PSObject import = session.InvokeClean($"Import-PstToMailbox -LiteralPath '{original}' -Mailbox $m").Single();
        PSObject again = session.InvokeClean($"Import-PstToMailbox -LiteralPath '{original}' -Mailbox $m").Single();
        PSObject export = session.InvokeClean($"Export-MailboxToPst $m -Path '{exported}'; Disconnect-MsMailbox $m").Single();
        PSObject test = session.InvokeClean($"Test-PstFile -LiteralPath '{exported}' -OwnWriter").Single();

        Assert.Equal(Number(import, "Read"), Number(import, "Copied") + Number(import, "Skipped"));
        Assert.Equal(Number(import, "Copied"), Number(again, "AlreadyThere"));
        Assert.Equal(Number(import, "Copied"), Number(export, "Copied"));
        Assert.Empty((IEnumerable<object>)test.Properties["Findings"].Value);

        Dictionary<string, string> before = Roles(session, original);
        Dictionary<string, string> after = Roles(session, exported);
        List<ListedItem> expected = [.. ForeignProgram.ListWithLibpff(original).Where(i => i.IsCarried && Place(i, before) is not null)];
        List<ListedItem> actual = [.. ForeignProgram.ListWithLibpff(exported)];
        Assert.Equal(Number(import, "Copied"), actual.Count);
        Assert.Equal(
            expected.Select(i => Describe(i, before)).Order(StringComparer.Ordinal),
            actual.Select(i => Describe(i, after)).Order(StringComparer.Ordinal));
        CompareContent(expected, actual, before, after);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Calendar_items_come_back_equal(string? name)
    {
        string original = TestData.Path(name ?? "");
        string exported = Path.Combine(_folder, "exported.pst");
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling; $null = Import-PstToMailbox -LiteralPath '{original}' -Mailbox $m");
        session.InvokeClean($"$null = Export-MailboxToPst $m -Path '{exported}'; Disconnect-MsMailbox $m");

        Assert.Equal(Calendar(session, original), Calendar(session, exported));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Other_readers_take_the_exported_file_without_a_warning(string? name)
    {
        string original = TestData.Path(name ?? "");
        string exported = Path.Combine(_folder, "exported.pst");
        using EngineSession session = StagedModule.Import();
        session.InvokeClean(
            $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling; $null = Import-PstToMailbox -LiteralPath '{original}' -Mailbox $m");
        session.InvokeClean($"$null = Export-MailboxToPst $m -Path '{exported}'; Disconnect-MsMailbox $m");

        // readpst passes posts over, in files of Outlook too.
        int items = session.InvokeClean($"Get-PstItem -LiteralPath '{exported}'").Count(i => !((string)i.Properties["MessageClass"].Value).StartsWith("IPM.Post", StringComparison.OrdinalIgnoreCase));
        ForeignProgram.Run("pffinfo", exported);
        ForeignProgram.Run("pffexport", "-m", "all", "-q", "-t", Path.Combine(_folder, "pff"), exported);
        string readpst = ForeignProgram.Run("readpst", "-j0", "-e", "-D", "-o", Directory.CreateDirectory(Path.Combine(_folder, "readpst")).FullName, exported);

        Assert.DoesNotContain("WARNING", readpst, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("error", readpst, StringComparison.OrdinalIgnoreCase);
        int written = Directory.EnumerateFiles(Path.Combine(_folder, "readpst"), "*", SearchOption.AllDirectories).Count(f => Path.GetExtension(f) is ".eml" or ".vcf" or ".ics");
        Assert.Equal(items, written);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Start, end, zone, series with its changed days, reminder, busy state and text of each calendar item.</summary>
    private static List<string> Calendar(EngineSession session, string path)
    {
        const string Describe = """
            | Where-Object MessageClass -like 'IPM.Appointment*' | ForEach-Object {
                $d = $_.GetDetails(); $p = $d.Recurrence.Pattern
                $series = if ($p) { @($p.PatternType, $p.Interval, $p.Days, $p.DayOfMonth, $p.Nth, $p.End, $p.OccurrenceCount, $p.StartDate, $p.EndDate) -join ',' }
                $days = ($p.DeletedDates | ForEach-Object { $_.ToString('s') }) -join ','
                $changed = ($d.Recurrence.Exceptions | ForEach-Object { "$($_.OriginalStart.ToString('s'))>$($_.Start.ToString('s'))-$($_.End.ToString('s')) $($_.Subject) $($_.Location) $($_.BusyStatus) $($_.AllDay)" }) -join ','
                @($d.Subject, $d.Start.UtcDateTime.ToString('s'), $d.End.UtcDateTime.ToString('s'), $d.TimeZone, $d.IsAllDay, $series, $days, $changed, $d.Reminder, $d.BusyStatus, $d.Location, (-split "$($_.GetBody().Text)" -join ' ')) -join ' | '
            }
            """;
        return [.. session.Invoke($"Get-PstItem -LiteralPath '{path}' " + Describe).Select(o => o.ToString()).Order(StringComparer.Ordinal)];
    }

    private static void CompareContent(
        List<ListedItem> expected, List<ListedItem> actual, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        ILookup<string, ListedItem> arrived = actual.ToLookup(i => Describe(i, after));
        foreach (IGrouping<string, ListedItem> same in expected.GroupBy(i => Describe(i, before)))
        {
            foreach (ListedItem item in same)
            {
                Assert.Contains(arrived[same.Key], other => SameContent(item, other));
            }
        }
    }

    private static bool SameContent(ListedItem item, ListedItem other)
    {
        // An RTF-only item has no text for libpff; what became of it is this project's word alone.
        // Pictures and objects out of RTF come as files of their own beside those there were.
        return !Files(item).Except(Files(other)).Any() && (item.Words.Count == 0 || Similarity(item.Words, other.Words) >= SameWords);
    }

    private static IEnumerable<string> Files(ListedItem item) =>
        (item.Attachments ?? []).Where(a => a.IsByValue).Select(a => a.Sha256 ?? "");

    private static double Similarity(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        Dictionary<string, int> counts = a.GroupBy(w => w, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        int common = 0;
        foreach (string word in b)
        {
            if (counts.TryGetValue(word, out int left) && left > 0)
            {
                counts[word] = left - 1;
                common++;
            }
        }

        return a.Count + b.Count == 0 ? 1 : 2.0 * common / (a.Count + b.Count);
    }

    private static string Describe(ListedItem item, Dictionary<string, string> folders) => string.Join(
        " | ", item.IsUndated
            ? [LastName(Place(item, folders)!), Trim(item.Subject)]
            : new[] { Place(item, folders), Trim(item.Subject), Trim(item.Sender), ListedItem.Second(item.Sent), ListedItem.Second(item.Received) });

    private static string Trim(string? text) => (text ?? "").Trim('\0', ' ', '\'');

    // Contacts and calendar items that lay among mail are in a folder of their own of that name, and are said to be.
    private static string LastName(string place) => place[(place.LastIndexOf('/') + 1)..].Trim('{', '}');

    /// <summary>The folder below the root people see, with a role in place of a name in any language; null for other folders.</summary>
    private static string? Place(ListedItem item, Dictionary<string, string> folders)
    {
        for (int skip = 0; skip <= item.Folder.Length; skip++)
        {
            if (folders.TryGetValue(string.Join('/', item.Folder.Skip(skip).Select(n => n.Replace("/", "\\/", StringComparison.Ordinal))), out string? place))
            {
                // A name the mailbox has taken for a folder nobody sees gets a number.
                return skip > 0 ? place.Replace(" (2)", "", StringComparison.Ordinal) : null;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Roles(EngineSession session, string path)
    {
        Dictionary<string, string> places = new(StringComparer.OrdinalIgnoreCase) { [""] = "" };
        foreach (PSObject folder in session.Invoke($"Get-PstFolder -LiteralPath '{path}' -Recurse -IncludeHidden"))
        {
            string full = (string)folder.Properties["Folder"].Value;
            string role = folder.Properties["Role"].Value.ToString()!;
            int cut = full.LastIndexOf('/');
            string parent = cut < 0 ? "" : places.GetValueOrDefault(full[..cut], full[..cut]) + "/";
            // A folder that keeps a number because one of another kind has its name is that one's place.
            places[full] = role != "None" ? "{" + role + "}"
                : full.EndsWith(" (2)", StringComparison.Ordinal) && places.TryGetValue(full[..^4], out string? same) ? same
                : parent + full[(cut + 1)..];
        }

        return places;
    }

    private static int Number(PSObject result, string property) => Convert.ToInt32(result.Properties[property].Value, System.Globalization.CultureInfo.InvariantCulture);
}

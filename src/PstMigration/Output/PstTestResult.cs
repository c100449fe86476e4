using PstMigration.Pst;

namespace PstMigration;

/// <summary>What a check of a data file found.</summary>
public sealed class PstTestResult
{
    internal PstTestResult(PstCheckReport report)
    {
        Path = report.Path;
        IsValid = report.IsValid;
        Findings = [.. report.Findings.Select(f => new PstTestFinding(report.Path, f))];
        Omitted = report.Omitted.Values.Sum();
        Pages = report.Counts.Pages;
        Blocks = report.Counts.Blocks;
        Nodes = report.Counts.Nodes;
        Items = report.Counts.Items;
        Duration = report.Duration;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>Whether no error was found. Warnings and information do not count.</summary>
    public bool IsValid { get; }

    /// <summary>What was found, in the order of the file's structures.</summary>
    public IReadOnlyList<PstTestFinding> Findings { get; }

    /// <summary>Findings that were only counted, because their rule had been reported a hundred times.</summary>
    public long Omitted { get; }

    /// <summary>Pages checked.</summary>
    public long Pages { get; }

    /// <summary>Blocks checked.</summary>
    public long Blocks { get; }

    /// <summary>Nodes checked.</summary>
    public long Nodes { get; }

    /// <summary>Items checked, embedded ones included.</summary>
    public long Items { get; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; }
}

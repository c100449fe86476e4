using PstMigration.Pst;

namespace PstMigration;

/// <summary>A rule of the format that a data file breaks, at one place.</summary>
public sealed class PstTestFinding
{
    internal PstTestFinding(string path, PstFinding finding)
    {
        PstPath = path;
        RuleId = finding.RuleId;
        Severity = finding.Severity;
        AppliesTo = finding.AppliesTo;
        Offset = finding.Offset;
        Structure = finding.Structure;
        Message = finding.Message;
        Meaning = finding.Meaning;
    }

    /// <summary>The full path of the file.</summary>
    public string PstPath { get; }

    /// <summary>The rule, such as NDB-24; docs/checks.md lists them.</summary>
    public string RuleId { get; }

    /// <summary>How bad it is.</summary>
    public PstFindingSeverity Severity { get; }

    /// <summary>Whose files have to keep the rule.</summary>
    public PstRuleScope AppliesTo { get; }

    /// <summary>Where in the file, in bytes; null where it is no single place.</summary>
    public long? Offset { get; }

    /// <summary>Which page, block or node.</summary>
    public string Structure { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What that means for the owner of the file.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override string ToString() => RuleId + " " + Severity + ": " + Message;
}

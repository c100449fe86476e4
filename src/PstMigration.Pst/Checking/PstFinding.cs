using System.Globalization;

namespace PstMigration.Pst;

/// <summary>A broken rule, at one place.</summary>
public sealed class PstFinding
{
    internal PstFinding(PstCheckRule rule, long? offset, string structure, NodeId node, object[] arguments)
    {
        Rule = rule;
        Offset = offset;
        Structure = structure;
        Node = node;
        Message = string.Format(CultureInfo.CurrentCulture, rule.MessageFormat, arguments);
        Meaning = rule.Meaning;
    }

    /// <summary>The rule.</summary>
    public PstCheckRule Rule { get; }

    /// <summary>The stable id of the rule, such as NDB-24.</summary>
    public string RuleId => Rule.Id;

    /// <summary>How bad it is.</summary>
    public PstFindingSeverity Severity => Rule.Severity;

    /// <summary>Whose files have to keep the rule.</summary>
    public PstRuleScope AppliesTo => Rule.AppliesTo;

    /// <summary>Where in the file, in bytes; null where it is no single place.</summary>
    public long? Offset { get; }

    /// <summary>Which page, block or node, in the terms of MS-PST, such as "NBT page 0x17B" or "node 0x00200024, subnode 0x00000671".</summary>
    public string Structure { get; }

    /// <summary>The node it was found in; <see cref="NodeId.IsNone"/> where it is no node.</summary>
    public NodeId Node { get; }

    /// <summary>What is wrong, in the language that was current when it was found.</summary>
    public string Message { get; }

    /// <summary>What that means for the owner of the file, in the same language.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{RuleId} {Severity} {(Offset is long o ? "0x" + o.ToString("X", CultureInfo.InvariantCulture) : "-")} {Structure}: {Message}";
}

using System.Globalization;

namespace PstMigration.Accounts.Verdicts;

/// <summary>Something dated that whoever has the account should know and that changes no verdict.</summary>
public sealed class MailNotice
{
    /// <summary>A stable name, such as EXO-CONSENT-2025.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it says, in sentences.</summary>
    public string Text { get; init; } = "";

    /// <summary>The day from which it holds; null where that is not known.</summary>
    public DateTime? Date { get; init; }

    /// <summary>How sure it is.</summary>
    public VerdictConfidence Confidence { get; init; }

    /// <summary>Where it is written.</summary>
    public string Source { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Date is DateTime date ? string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd}: {1}", date, Text) : Text;
}

namespace PstMigration.Accounts.Verdicts;

/// <summary>What becomes of an account, why, and what to do.</summary>
public sealed class LegacyMailResult
{
    /// <summary>The address, or the domain that was asked about.</summary>
    public string Account { get; init; } = "";

    /// <summary>What becomes of it.</summary>
    public LegacyMailVerdict Verdict { get; init; }

    /// <summary>The protocol this is about.</summary>
    public MailProtocol Protocol { get; init; }

    /// <summary>The mail program; null where none was named.</summary>
    public MailClient? Client { get; init; }

    /// <summary>The provider; null where unknown.</summary>
    public string? Provider { get; init; }

    /// <summary>The server the account is set up with, or the provider's; null where none is known.</summary>
    public MailServer? Server { get; init; }

    /// <summary>Why, in sentences.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The day it happened or will happen; null where there is none.</summary>
    public DateTime? EffectiveDate { get; init; }

    /// <summary>What the verdict rests on.</summary>
    public IReadOnlyList<VerdictEvidence> Evidence { get; init; } = [];

    /// <summary>What to do, in sentences.</summary>
    public string Recommendation { get; init; } = "";

    /// <summary>The next command to run; null where the next step is not a command.</summary>
    public string? NextCommand { get; init; }

    /// <summary>What whoever has the account should know besides, the latest first; empty where there is nothing.</summary>
    public IReadOnlyList<MailNotice> Notices { get; init; } = [];

    /// <summary>How sure that is.</summary>
    public VerdictConfidence Confidence { get; init; }

    /// <summary>The day the verdict is for.</summary>
    public DateTime AsOf { get; init; }

    /// <summary>The day the rules about the provider were last checked; null where a file of one's own does not say.</summary>
    public DateTime? RulesChecked { get; init; }

    /// <summary>The account's data file, for the next cmdlet; null where none is known.</summary>
    public string? DataFile { get; init; }

    /// <summary>The account's profile in the mail program; empty where it came from no profile.</summary>
    public string Profile { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Account + ": " + Verdict;
}

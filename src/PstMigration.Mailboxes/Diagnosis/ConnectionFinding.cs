namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>What was found at one step, and what to do.</summary>
public sealed class ConnectionFinding
{
    /// <summary>The step.</summary>
    public ConnectionStep Step { get; init; }

    /// <summary>The host or address it was about.</summary>
    public string Target { get; init; } = "";

    /// <summary>How it ended.</summary>
    public ConnectionOutcome Outcome { get; init; }

    /// <summary>What was found, for people.</summary>
    public string Found { get; init; } = "";

    /// <summary>What to do; empty where nothing has to be done.</summary>
    public string Action { get; init; } = "";

    /// <summary>What users see that this may explain; none where it passed.</summary>
    public ConnectionTroubles Explains { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Step + ": " + Outcome;
}

using PstMigration.Accounts.Verdicts;

namespace PstMigration.Accounts.Rules;

/// <summary>What a provider says to a kind of sign-in, from a day on.</summary>
internal sealed class SignInRule
{
    /// <summary>A stable name for the evidence.</summary>
    public string Id { get; init; } = "";

    /// <summary>The protocols it is about.</summary>
    public IReadOnlyList<MailProtocol> Protocols { get; init; } = [];

    /// <summary>The sign-in it is about.</summary>
    public SignIn SignIn { get; init; }

    /// <summary>What follows.</summary>
    public LegacyMailVerdict Verdict { get; init; }

    /// <summary>From which day on; null for always.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the public could know; null for always.</summary>
    public DateTimeOffset? Announced { get; init; }

    /// <summary>How sure that is.</summary>
    public VerdictConfidence Confidence { get; init; }

    /// <summary>Where it is written.</summary>
    public string Source { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    public LocalizedText Reason { get; init; } = new("", null);

    /// <summary>What to do at this provider; null where nothing special.</summary>
    public LocalizedText? Advice { get; init; }

    /// <summary>Whether it speaks of this.</summary>
    public bool AppliesTo(MailProtocol protocol, SignIn signIn) =>
        (SignIn == SignIn.Any || SignIn == signIn)
        && (protocol == MailProtocol.Any ? Protocols.Contains(MailProtocol.Imap) || Protocols.Contains(MailProtocol.Pop) : Protocols.Contains(protocol));

    /// <summary>Reads one.</summary>
    public static SignInRule Read(JsonField field)
    {
        field.AllowOnly("id", "protocols", "signIn", "verdict", "from", "announced", "confidence", "source", "reason", "advice");
        return new SignInRule
        {
            Id = field.Required("id").Text(),
            Protocols = [.. field.Required("protocols").Items().Select(p => p.Choice<MailProtocol>())],
            SignIn = field.Optional("signIn")?.Choice<SignIn>() ?? SignIn.Password,
            Verdict = field.Required("verdict").Choice<LegacyMailVerdict>(),
            From = field.Optional("from")?.Date(),
            Announced = field.Optional("announced")?.Date(),
            Confidence = field.Optional("confidence")?.Choice<VerdictConfidence>() ?? VerdictConfidence.Medium,
            Source = field.Required("source").Text(),
            Reason = LocalizedText.Read(field.Required("reason")),
            Advice = field.Optional("advice") is JsonField advice ? LocalizedText.Read(advice) : null,
        };
    }
}

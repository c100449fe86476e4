namespace PstMigration.Accounts.Probing;

/// <summary>A server's first words were a refusal.</summary>
internal sealed class TurnedAwayException(string words) : Exception(words);

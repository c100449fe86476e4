namespace PstMigration.Accounts.Probing;

/// <summary>A proxy does not connect to the server.</summary>
internal sealed class ProxyRefusedException(string status) : Exception(status);

namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>Who is signed in.</summary>
public sealed class AuthContext : IAuthContext
{
    /// <inheritdoc/>
    public string? ClientId { get; set; }

    /// <inheritdoc/>
    public string? TenantId { get; set; }

    /// <inheritdoc/>
    public string[]? Scopes { get; set; }

    /// <inheritdoc/>
    public string? Account { get; set; }
}

namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>Who is signed in.</summary>
public interface IAuthContext
{
    /// <summary>The app registration.</summary>
    string? ClientId { get; set; }

    /// <summary>The tenant.</summary>
    string? TenantId { get; set; }

    /// <summary>The rights.</summary>
    string[]? Scopes { get; set; }

    /// <summary>The person; null for an application.</summary>
    string? Account { get; set; }
}

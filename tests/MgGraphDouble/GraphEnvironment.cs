namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>A cloud.</summary>
public sealed class GraphEnvironment
{
    /// <summary>Where its Microsoft Graph is.</summary>
    public string? GraphEndpoint { get; set; }
}

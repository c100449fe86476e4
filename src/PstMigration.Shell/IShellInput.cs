using System.Security;

namespace PstMigration.Shell;

/// <summary>Who answers prompts.</summary>
internal interface IShellInput
{
    /// <summary>A line, or null when there are no more.</summary>
    /// <exception cref="System.Management.Automation.PipelineStoppedException">Ctrl+C while waiting.</exception>
    string? ReadLine();

    /// <summary>A line that is not shown, or null when there are no more.</summary>
    /// <exception cref="System.Management.Automation.PipelineStoppedException">Ctrl+C while waiting.</exception>
    SecureString? ReadSecret();
}

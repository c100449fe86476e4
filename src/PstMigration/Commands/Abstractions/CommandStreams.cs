using System.Management.Automation;

namespace PstMigration.Commands;

/// <summary>What a cmdlet gives to those who work for it: its streams, its progress and its clock.</summary>
/// <param name="Object">Writes to the pipeline.</param>
/// <param name="Error">Writes an error about one input.</param>
/// <param name="Warning">Writes a warning.</param>
/// <param name="Verbose">Writes a decision.</param>
/// <param name="Progress">Starts progress of an activity.</param>
/// <param name="Clock">All time the cmdlet knows.</param>
internal sealed record CommandStreams(
    Action<object?> Object, Action<ErrorRecord> Error, Action<string> Warning, Action<string> Verbose, Func<string, CommandProgress> Progress, TimeProvider Clock);

namespace PstMigration.Bench;

/// <summary>How a program ran.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="ProcessorSeconds">What the processor worked for it; looked at every 10 ms.</param>
/// <param name="PeakMegabytes">The most memory that was resident, in 10^6 bytes; looked at every 10 ms.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Outcome">"ok", or what went wrong.</param>
internal sealed record ProcessResult(double Seconds, double ProcessorSeconds, double PeakMegabytes, string Output, string Outcome)
{
    /// <summary>What <see cref="Outcome"/> is where nothing went wrong.</summary>
    public const string Ok = "ok";
}

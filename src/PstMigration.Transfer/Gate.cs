namespace PstMigration.Transfer;

/// <summary>
/// Lets so many in at once; the others wait in the order they came, until somebody leaves or the run stops. Every item passes several: a semaphore of the framework that can be
/// cancelled costs a task, a registration and a state machine for each that waits.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly Queue<TaskCompletionSource<Place>> _waiting = new();
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _stopped;
    private int _free;

    /// <summary>A gate nobody has passed yet.</summary>
    /// <param name="places">How many it lets in at once.</param>
    /// <param name="stop">Turns away all who wait and all who come.</param>
    public Gate(int places, CancellationToken stop)
    {
        _free = places;
        _stop = stop;
        _stopped = stop.Register(TurnAway);
    }

    /// <summary>Waits for a place, which is given back when it is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The run stops.</exception>
    public ValueTask<Place> EnterAsync()
    {
        lock (_waiting)
        {
            _stop.ThrowIfCancellationRequested();
            if (_free > 0)
            {
                _free--;
                return new(new Place(this));
            }

            // Whoever leaves goes on with its own work, and not with that of the next.
            TaskCompletionSource<Place> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return new(turn.Task);
        }
    }

    public void Dispose() => _stopped.Dispose();

    /// <summary>Gives a place to who has waited longest.</summary>
    private void Leave()
    {
        TaskCompletionSource<Place> next;
        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                _free++;
                return;
            }

            next = _waiting.Dequeue();
        }

        next.SetResult(new Place(this));
    }

    private void TurnAway()
    {
        lock (_waiting)
        {
            while (_waiting.Count > 0)
            {
                _waiting.Dequeue().SetCanceled();
            }
        }
    }

    /// <summary>A place behind the gate.</summary>
    public readonly struct Place(Gate gate) : IDisposable
    {
        /// <summary>Gives the place back.</summary>
        public void Dispose() => gate.Leave();
    }
}

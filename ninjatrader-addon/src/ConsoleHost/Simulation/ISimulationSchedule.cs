using System;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// When the simulated platform's next steps happen. Steps of one channel keep their order; between channels a
    /// schedule may choose any: so late and crossing events come about.
    /// </summary>
    internal interface ISimulationSchedule
    {
        void Add(string channel, Action step);
    }

    /// <summary>Everything at once, in the order in which it was added, without recursion.</summary>
    internal sealed class ImmediateSchedule : ISimulationSchedule
    {
        private readonly System.Collections.Generic.Queue<Action> steps =
            new System.Collections.Generic.Queue<Action>();

        private bool isRunning;

        public void Add(string channel, Action step)
        {
            steps.Enqueue(step);
            if (isRunning)
            {
                return;
            }
            isRunning = true;
            try
            {
                while (steps.Count > 0)
                {
                    steps.Dequeue()();
                }
            }
            finally
            {
                isRunning = false;
            }
        }
    }
}

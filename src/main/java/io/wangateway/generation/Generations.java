package io.wangateway.generation;

import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The generations on record.
 */
public interface Generations extends Repository<Generation, UUID> {

	/**
	 * Save a step and tell who listens.
	 * @param generation what took the step
	 * @return the same
	 */
	Generation save(Generation generation);

	/**
	 * Get hold of a generation for a step: nobody else changes it until this transaction
	 * ends.
	 * @param id the generation
	 * @return the generation as it is now
	 */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select g from Generation g where g.id = :id")
	Optional<Generation> lock(UUID id);

}
